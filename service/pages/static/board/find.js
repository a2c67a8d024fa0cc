// Finds people, places and tasks by name, id, address, or the initials of a name in pinyin.
import { element } from "../drawings/speech.js";
import { announce } from "../band.js";
import { say } from "../words.js";

const MOST = 12;

const entries = (week) => {
  const { data } = week, found = [];
  data.people.forEach((_, n) => found.push({ kind: "person", n, name: week.personName(n), id: data.people_ids[n], initials: data.initials.people[n] }));
  data.places.forEach(([name], n) => { if (name) found.push({ kind: "place", n, name, id: "", initials: data.initials.places[n] }); });
  data.tasks.forEach(([name], n) => { if (name) found.push({ kind: "task", n, name, id: data.task_ids[n], initials: data.initials.tasks[n] }); });
  return found.map((one) => ({ ...one, text: one.name.toLowerCase(), key: one.id.toLowerCase() }));
};

const rank = (one, text) => {
  if (one.text === text || one.key === text) return 0;
  if (one.text.startsWith(text)) return 1;
  if (one.initials.startsWith(text)) return 2;
  if (one.text.includes(text)) return 3;
  if (one.initials.includes(text) || one.key.includes(text)) return 4;
  return 9;
};

/** current(): the week as it is now; go(entry): what is done with the one chosen. */
export const finder = (current, go) => {
  const input = document.getElementById("find"), list = document.getElementById("found");
  let shown = [], at = 0, all = [], of = null;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = () => [...list.children].forEach((line, n) => {
    line.setAttribute("aria-selected", String(n === at));
    if (n === at && shown.length) { input.setAttribute("aria-activedescendant", line.id); line.scrollIntoView({ block: "nearest" }); }
  });
  const choose = (one) => { close(); input.value = ""; go(one); };
  const look = () => {
    const text = input.value.trim().toLowerCase();
    if (!text) { close(); return; }
    if (of !== current()) { of = current(); all = entries(of); }
    shown = all.map((one) => [rank(one, text), one]).filter(([points]) => points < 9)
      .sort((a, b) => a[0] - b[0]).slice(0, MOST).map(([, one]) => one);
    at = 0;
    list.replaceChildren();
    shown.forEach((one, n) => {
      const line = element("li", undefined, list);
      line.id = `found-${n}`;
      line.setAttribute("role", "option");
      element("span", one.name, line);
      element("small", [say(`board.script.${one.kind}`), one.kind === "task" ? "" : one.id].join(" "), line);
      line.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(one); });
    });
    if (!shown.length) {
      const line = element("li", say("board.script.none_found", { text: input.value.trim() }), list);
      announce(line.textContent);
      line.setAttribute("role", "option");
      line.setAttribute("aria-disabled", "true");
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark();
  };
  input.addEventListener("input", (event) => { if (!event.isComposing) look(); });
  input.addEventListener("compositionend", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") { close(); input.value = ""; }
    if (event.key === "Enter" && shown[at] && !list.hidden) { event.preventDefault(); choose(shown[at]); }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      at = Math.min(Math.max(at + (event.key === "ArrowDown" ? 1 : -1), 0), shown.length - 1);
      mark();
    }
  });
};
