// The one band at the foot: what was just done, with its undo; a fault; theirs and mine. Never two.
import { say } from "./words.js";

const band = document.getElementById("band");
// Always there, and apart from the band: what comes to light with its words already in it is not read out everywhere.
const live = document.getElementById("live");
const alarm = document.getElementById("alarm");
let timer = 0;
const LONG = 12000;

// Read a sentence out when it suits, without showing it.
export const announce = (text) => aloud(live, text);

function aloud(region, text) {
  region.textContent = "";
  requestAnimationFrame(() => (region.textContent = text));
}

// What was done; it is read out, too. undo: a function, shown as 撤销; it stays until something else is told.
export function tell(text, { undo } = {}) {
  show(text, "", undo ? [[say("script.undo"), undo]] : []);
  if (!undo) timer = setTimeout(clear, LONG);
}

// What went wrong, which is read out at once: an ApiError of api.js, with its faults. again: tries once more.
export function tellFault(error, { again } = {}) {
  const ways = [];
  if (error.lent) ways.push([say("script.lent_back"), giveBack]);
  else if (again) ways.push([say("script.again"), again]);
  show(error.message, "alert", ways, error.problems ?? []);
}

// Leave the worker's page that was opened beside this one.
async function giveBack() {
  await fetch("/sign-out", { method: "POST" });
  location.reload();
}

// Somebody else changed the same thing. Each way is a function or left out; what was typed stays.
export function tellConflict(error, { theirs, mine, both } = {}) {
  const ways = { theirs, mine, both };
  const given = Object.keys(ways).filter((way) => ways[way]);
  const sentence = error.detail || say("script.conflict");
  show(sentence, "alert", given.map((way) => [say(`script.${way}`), ways[way]]), error.problems ?? []);
}

export function clear() {
  clearTimeout(timer);
  band.hidden = true;
  band.replaceChildren();
}

// The undo that the band offers, for Ctrl+Z; false where there is none.
export function undo() {
  const button = band.hidden ? null : band.querySelector("[data-undo]");
  button?.click();
  return button !== null;
}

function show(text, tone, ways, problems = []) {
  clear();
  band.className = `band ${tone}`;
  const sentence = document.createElement("p");
  sentence.textContent = text;
  band.append(sentence);
  for (const [label, act] of ways) band.append(button(label, act, label === say("script.undo")));
  band.append(button(say("script.close"), () => {}, false));
  if (problems.length) band.append(list(problems));
  band.hidden = false;
  aloud(tone ? alarm : live, [text, ...problems.map(inWords)].join(" "));
}

function button(label, act, undoes) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  if (undoes) made.dataset.undo = "";
  made.addEventListener("click", () => {
    clear();
    act();
  });
  return made;
}

function list(problems) {
  const made = document.createElement("ul");
  for (const problem of problems) {
    const item = document.createElement("li");
    item.textContent = inWords(problem);
    made.append(item);
  }
  return made;
}

// With where it is in a workbook; a path of the interface is for programs.
const inWords = ({ text, remedy, pointer }) => `${pointer.includes("!") ? `${pointer} ` : ""}${text} ${remedy}`;
