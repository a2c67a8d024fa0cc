// A map of the week's own places in an SVG (basemap.html): zoom, dragging, a scale, and names where there is room.
const NEAREST = 24, HOMES = 3, LETTER = 12, LINE = 16, STILL = 4;
const RAISED = 20; // pixels that an area's name stands above the middle of the area, where marks may be: drawings.css

const wide = (text) => [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) > 0x2e7f ? LETTER : LETTER * 0.58), 0);
const crosses = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

export class Basemap {
  /** figure: as in basemap.html; metres: of a unit; names: as scheduler/drawings/geometry.py tells them. */
  constructor(figure, { metres, names = [] }) {
    this.svg = figure.querySelector("svg");
    this.scale = figure.querySelector(".scale");
    this.whole = this.svg.getAttribute("viewBox").split(" ").map(Number);
    Object.assign(this, { metres, names, box: [...this.whole], unit: 1, dragged: false, rescaled: () => {} });
    for (const part of figure.querySelectorAll(".zoom, .scale")) part.hidden = false;
    const acts = { in: () => this.zoom(1 / 1.5), out: () => this.zoom(1.5), all: () => this.show(this.whole) };
    for (const button of figure.querySelectorAll("[data-zoom]")) button.addEventListener("click", acts[button.dataset.zoom]);
    this.drags();
    new ResizeObserver(() => this.show(this.box)).observe(this.svg);
  }

  layer(name) { return this.svg.querySelector(`[data-layer=${name}]`); }

  shape(name, attributes, parent, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  }

  /** A group at a point that is as large on the screen whatever the zoom; shift: pixels to the right. */
  mark(point, attributes, shift = 0, layer = "stops") {
    return this.shape("g", { "data-at": point.join(" "), "data-shift": shift, ...attributes }, this.layer(layer));
  }

  clear() {
    for (const name of ["routes", "undone", "stops"]) this.layer(name).replaceChildren();
  }

  /** rescaled: what is to be drawn anew where a pixel is another length. */
  show(box) {
    const unit = box[2] / (this.svg.clientWidth || 1000), other = unit !== this.unit;
    Object.assign(this, { box: [...box], unit });
    this.svg.setAttribute("viewBox", box.join(" "));
    if (other) this.rescaled();
    this.svg.style.setProperty("--u", this.unit);
    this.svg.classList.toggle("near", box[2] < this.whole[2]);
    for (const mark of this.svg.querySelectorAll("[data-at]")) {
      const [x, y] = mark.dataset.at.split(" ").map(Number);
      mark.setAttribute("transform", `translate(${x + mark.dataset.shift * this.unit} ${y}) scale(${this.unit})`);
    }
    this.measure();
    this.name();
  }

  measure() {
    const metres = this.metres * this.unit * 150;
    const digits = 10 ** Math.floor(Math.log10(metres));
    const round = [5, 2, 1].map((digit) => digit * digits).find((length) => length <= metres);
    const [bar] = this.scale.children;
    bar.textContent = round >= 1000 ? `${round / 1000} km` : `${round} m`;
    bar.style.width = `${round / this.metres / this.unit}px`;
  }

  /** Names beside their dots, venues first, none over another or over a mark; homes have theirs only from near. */
  name() {
    const { unit } = this, host = this.layer("names"), near = this.whole[2] / this.box[2] >= HOMES;
    const taken = [...this.svg.querySelectorAll("text.area")].map((text) => {
      const half = wide(text.textContent) * 0.55, x = text.getAttribute("x") / unit, y = text.getAttribute("y") / unit - RAISED;
      return { left: x - half, right: x + half, top: y - LINE, bottom: y + 4 };
    });
    for (const mark of this.svg.querySelectorAll("[data-at]")) {
      const [x, y] = mark.dataset.at.split(" ").map((part) => part / unit), left = x + Number(mark.dataset.shift);
      taken.push({ left: left - 12, right: left + 12, top: y - 12, bottom: y + 12 });
    }
    host.replaceChildren();
    for (const [text, x, y, home] of this.names) {
      if (home && !near) continue;
      const across = wide(text) + 8, middle = y / unit, spot = x / unit;
      const sides = [[spot + 4, "start"], [spot - 4 - across, "end"]];
      const box = (left) => ({ left, right: left + across, top: middle - LINE / 2, bottom: middle + LINE / 2 });
      const found = sides.map(([left, anchor]) => [box(left), anchor]).find(([room]) =>
        room.left > 2 && room.right < this.whole[2] / unit - 2 && !taken.some((other) => crosses(room, other)));
      if (!found) continue;
      taken.push(found[0]);
      this.shape("text", { x: x + (found[1] === "start" ? 7 : -7) * unit, y: y + 4 * unit, "text-anchor": found[1] }, host, text);
    }
  }

  zoom(factor) {
    const [left, top, across, tall] = this.box;
    const next = Math.min(this.whole[2], Math.max(this.whole[2] / NEAREST, across * factor));
    this.move(left + (across - next) / 2, top + (tall - (tall * next) / across) / 2, next);
  }

  /** Show so much, within the whole. */
  move(left, top, across) {
    const tall = (across * this.whole[3]) / this.whole[2];
    const within = (from, length, all) => Math.min(Math.max(from, 0), all - length);
    this.show([within(left, across, this.whole[2]), within(top, tall, this.whole[3]), across, tall]);
  }

  /** Show all of these points, [x, y]. */
  around(points) {
    const xs = points.map(([x]) => x), ys = points.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const ratio = this.whole[3] / this.whole[2];
    const across = Math.min(this.whole[2], Math.max(right - left, (bottom - top) / ratio, this.whole[2] / 14) * 1.35);
    this.move((left + right - across) / 2, (top + bottom - across * ratio) / 2, across);
  }

  /** Where on the map an event is: [x, y]. */
  at(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.svg.getScreenCTM().inverse());
    return [x, y];
  }

  /** Dragging moves what is shown. `dragged` is true until the next press, so that a drag is no click. */
  drags() {
    const { svg } = this;
    let grip = null;
    svg.addEventListener("pointerdown", (event) => {
      this.dragged = false;
      if (this.box[2] < this.whole[2]) grip = { x: event.clientX, y: event.clientY, box: [...this.box] };
    });
    svg.addEventListener("pointermove", (event) => {
      if (!grip) return;
      const east = event.clientX - grip.x, south = event.clientY - grip.y;
      if (!this.dragged && Math.hypot(east, south) < STILL) return;
      if (!this.dragged) svg.setPointerCapture(event.pointerId);
      this.dragged = true;
      this.move(grip.box[0] - east * this.unit, grip.box[1] - south * this.unit, grip.box[2]);
    });
    for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { grip = null; });
  }
}
