// A box beside the pointer that says what is beneath it.
import { element } from "./speech.js";

export class Tip {
  constructor() {
    this.box = element("div", undefined, document.body, "week-tip");
    this.box.hidden = true;
  }

  show(name, lines, x, y) {
    const { box } = this;
    box.replaceChildren();
    element("strong", name, box);
    for (const line of lines) element("div", line, box);
    box.hidden = false;
    const { width, height } = box.getBoundingClientRect();
    box.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - width - 8))}px`;
    box.style.top = `${y + 18 + height > innerHeight ? Math.max(8, y - height - 12) : y + 18}px`;
  }

  hide() {
    this.box.hidden = true;
  }
}
