// Changes: what a change left open has its best people beside it.
import { get, post } from "./api.js";
import { tell, tellFault } from "./band.js";
import "./found.js";
import { island } from "./island.js";
import { shortly } from "./moments.js";
import { once } from "./once.js";
import { lang, say } from "./words.js";

const { week, done } = island("data");
const address = `/v1/weeks/${week}`;
const MOST = 8;
const BEST = 3;

for (const button of document.querySelectorAll("[data-undo-revision]")) {
  button.addEventListener("click", () => once(button, () => undo(Number(button.dataset.undoRevision))));
}
if (done) {
  history.replaceState(null, "", location.pathname);
  tell(say("changes.script.noted"), { undo: () => undo(Number(done)) });
}

async function undo(revision) {
  try {
    await post(`${address}/undo`, { revision });
    location.assign(location.pathname);
  } catch (error) {
    tellFault(error);
  }
}

const open = [...document.querySelectorAll(".open > li")].slice(0, MOST);
for (const item of open) await suggest(item);

async function suggest(item) {
  const { task, slot } = item.dataset;
  const place = item.querySelector(".suggested");
  place.ariaBusy = "true";
  try {
    const path = `${address}/tasks/${encodeURIComponent(task)}/candidates?slot=${slot}&limit=${BEST}`;
    const { candidates } = await get(path);
    const able = candidates.filter((one) => one.price);
    if (able.length) place.replaceChildren(...able.map((one) => offer(item, one)));
    else place.textContent = say("changes.script.nobody");
  } catch (error) {
    place.textContent = error.message;
  }
  place.ariaBusy = null;
}

function offer(item, candidate) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  const said = document.createElement("span");
  const { start } = candidate.price.assignments.find((one) => one.person === candidate.person);
  said.textContent = `${shortly(start)} · ${candidate.price.text[lang]}`;
  button.append(say("changes.script.assign", { name: candidate.name[lang] }), said);
  button.addEventListener("click", () => once(item, () => assign(item, candidate)));
  return button;
}

async function assign(item, { person, name, price }) {
  const { task, slot } = item.dataset;
  const mine = price.assignments.find((one) => one.person === person) ?? {};
  const change = { kind: "assign", task, slot: Number(slot), person, start: mine.start, place: mine.place };
  try {
    const { revision } = await post(`${address}/commands`, { changes: [change] });
    document.dispatchEvent(new Event("week:changed"));
    item.remove();
    tell(say("changes.script.assigned", { name: name[lang] }), { undo: () => undo(revision) });
  } catch (error) {
    tellFault(error);
  }
}
