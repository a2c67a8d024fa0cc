// All keys of all pages, in one place: bindKey("m", "board.key.move", act). Pinyin is never a key.
import { say } from "./words.js";

const bound = new Map();
const MARKS = { Control: "Ctrl", Meta: "Ctrl" };

// key: "m", "/", "Enter", "Ctrl+z", "Ctrl+Shift+z". words: key of its line in the list; acts only
// where `when` holds. Returns what takes the key away again.
export function bindKey(key, words, act, when = () => true) {
  const binding = { key, words, act, when };
  bound.set(key, [binding, ...(bound.get(key) ?? [])]);
  return () => bound.set(key, bound.get(key).filter((other) => other !== binding));
}

// The name of an event's key, as bindKey takes it; "" while something is being composed.
export function keyOf(event) {
  if (event.isComposing || event.keyCode === 229 || event.key in MARKS) return "";
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  if (!ctrl) return name;
  return `Ctrl+${event.shiftKey ? "Shift+" : ""}${name}`;
}

const typing = (target) => target.closest?.("input, textarea, select, [contenteditable=true]");

export function listenToKeys() {
  document.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    if (!key || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    // Whoever types has the keys, but for Escape; and Enter on a button or link is its own.
    if (typing(event.target) && key !== "Escape") return;
    if (key === "Enter" && event.target.closest?.("a, button, summary")) return;
    const binding = (bound.get(key) ?? []).find(({ when }) => when());
    if (!binding || binding.act(event) === false) return;
    event.preventDefault();
  });
  bindKey("?", "script.key.list", showKeys);
}

function showKeys() {
  const list = document.createElement("dialog");
  const title = document.createElement("h2");
  title.id = "keys-title";
  title.textContent = say("script.keys");
  list.setAttribute("aria-labelledby", title.id);
  const table = document.createElement("dl");
  table.className = "facts";
  const names = new Map(); // by words: keys that do the same share a line
  for (const [key, bindings] of bound) {
    const binding = bindings.find(({ when }) => when());
    if (!binding) continue;
    if (!names.has(binding.words)) {
      const line = document.createElement("div");
      names.set(binding.words, document.createElement("dt"));
      line.append(names.get(binding.words), Object.assign(document.createElement("dd"), { textContent: say(binding.words) }));
      table.append(line);
    }
    const name = names.get(binding.words);
    if (name.hasChildNodes()) name.append("/ ");
    for (const part of key.split("+")) {
      name.append(Object.assign(document.createElement("kbd"), { textContent: part.length === 1 ? part.toUpperCase() : part }), " ");
    }
  }
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(Object.assign(document.createElement("button"), { textContent: say("script.close") }));
  list.append(title, table, form);
  list.addEventListener("close", () => list.remove());
  document.body.append(list);
  list.showModal();
}
