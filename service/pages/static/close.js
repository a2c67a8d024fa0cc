// What became of work: a tap each, or all the rest at once; what nobody had planned; then the end of the week.
import { post } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import { forgetDraft } from "./drafts.js";
import { island } from "./island.js";
import { clock, minutesOf } from "./moments.js";
import { once } from "./once.js";
import { refresh } from "./refresh.js";
import { say } from "./words.js";

const { week, dates } = island("data");
const base = `/v1/weeks/${week}`;
const nameOf = (row) => row.querySelector("strong").textContent;
const partOf = (row) => ({ task: row.dataset.task, slot: Number(row.dataset.slot) });
const drawn = () => refresh("#reckoned", ".heading", "#sure");

// Note outcomes at once. undo: the outcomes that were before.
async function note(body, words, undo) {
  const answer = await post(`${base}/outcomes`, body);
  const before = undo ?? answer.noted.map((part) => ({ ...part, result: null }));
  await drawn();
  tell(words(answer), { undo: () => takeBack(before).catch(tellFault) });
}

async function takeBack(outcomes) {
  await post(`${base}/outcomes`, { outcomes });
  await drawn();
  announce(say("close.script.taken_back"));
}

const one = (row, result) =>
  note(
    { outcomes: [{ ...partOf(row), result }] },
    () => say("close.script.noted", { name: nameOf(row), result: say(`close.script.result.${result}`) }),
    [{ ...partOf(row), result: null }],
  );

// Takes back what was said of a part; nothing is lost: it can be said again at once.
async function back(row) {
  await post(`${base}/outcomes`, { outcomes: [{ ...partOf(row), result: null }] });
  const name = nameOf(row);
  await drawn();
  tell(say("close.script.back", { name }));
}

const rest = () => note({ rest: "done" }, ({ noted }) => say("close.script.rest", { count: noted.length }));

// "09:30" of what was typed; what is no time of day is told at its field.
function clockOf(field) {
  const minutes = minutesOf(field.value);
  field.setCustomValidity(minutes === null ? say("close.script.no_clock") : "");
  if (field.reportValidity() && minutes !== null) return clock(minutes);
  throw new NoClock();
}
class NoClock extends Error {}
const told = (error) => {
  if (!(error instanceof NoClock)) tellFault(error);
};

// A time of day after a moment of the week: that day's, or the next day's where it is earlier.
function after(start, end) {
  const [date, began] = start.split("T");
  const next = dates[dates.indexOf(date) + 1] ?? date;
  return `${end > began ? date : next}T${end}`;
}

function otherwise(row, button) {
  const open = row.querySelector(".otherwise");
  document.querySelectorAll(".part .otherwise").forEach((form) => form.remove());
  document.querySelectorAll("[aria-expanded=true]").forEach((one) => one.setAttribute("aria-expanded", "false"));
  if (open || !button) return;
  button.setAttribute("aria-expanded", "true");
  const form = document.getElementById("otherwise").content.firstElementChild.cloneNode(true);
  const { person, workedStart, workedEnd, note: words } = row.dataset;
  form.elements.person.value = person;
  form.elements.start.value = workedStart.slice(11);
  form.elements.end.value = workedEnd.slice(11);
  form.elements.note.value = words;
  row.append(form);
  form.elements.end.focus();
}

async function saved(form) {
  const row = form.closest(".part");
  const start = `${row.dataset.start.slice(0, 10)}T${clockOf(form.elements.start)}`;
  const outcome = {
    ...partOf(row),
    result: "done",
    person: form.elements.person.value,
    start,
    end: after(start, clockOf(form.elements.end)),
    note: form.elements.note.value,
  };
  return note(
    { outcomes: [outcome] },
    () => say("close.script.noted", { name: nameOf(row), result: say("close.script.result.done") }),
    [{ ...partOf(row), result: null }],
  );
}

async function added(form) {
  const { name, person, place, day } = Object.fromEntries(new FormData(form));
  const from = `${day}T${clockOf(form.elements.start)}`;
  const end = clockOf(form.elements.end);
  await note(
    { outside: [{ name, person, place, start: from, end: after(from, end) }] },
    () => say("close.script.added", { name }),
  );
  form.reset();
  forgetDraft(form);
}

function ask(open) {
  document.getElementById("sure").hidden = !open;
  document.getElementById("close").hidden = open;
  document.getElementById(open ? "close-sure" : "close").focus();
}

async function close(button) {
  button.disabled = true;
  try {
    const { next } = await post(`${base}/close`);
    location.assign(`/w/${next}`);
  } catch (error) {
    button.disabled = false;
    throw error;
  }
}

async function reopen() {
  await post(`${base}/reopening`);
  location.reload();
}

const byId = { rest, close: () => ask(true), "close-not": () => ask(false), "close-sure": close, reopen };
const acts = { back, otherwise, "otherwise-not": (row) => otherwise(row) };

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest(".part");
  const { act } = button.dataset;
  const doing = byId[button.id] ?? (row && act ? (acts[act] ?? ((there) => one(there, act))) : null);
  if (doing) once(button, async () => doing(row ?? button, button)).catch(tellFault);
});
// Before page.js, which holds a form that is on its way elsewhere.
const submitted = (event) => {
  const form = event.target;
  const act = form.id === "outside" ? added : form.matches(".otherwise") ? saved : null;
  if (!act) return;
  event.preventDefault();
  once(form, () => act(form)).catch(told);
};
document.addEventListener("submit", submitted, true);
document.addEventListener("input", (event) => event.target.setCustomValidity?.(""));
document.addEventListener("change", (event) => {
  if (event.target.id === "day") event.target.form.requestSubmit();
});
