// A day: one tap notes what became of a stop, one line takes it back. The page is read again after
// each act, and where it is looked at again later; what is open and focused stays so.
import { post } from "./api.js";
import { tell, tellFault } from "./band.js";
import { make } from "./dom.js";
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { clock, minutesOf } from "./moments.js";
import { refresh } from "./refresh.js";
import { say } from "./words.js";

const STALE = 5 * 60 * 1000;
const TONES = { done: "good", over: "warn", late: "alert", now: "accent", nobody_in: "warn", not_done: "warn" };
const GLYPHS = { done: "✓", over: "?", late: "!", now: "●", nobody_in: "○", not_done: "✕" };
const week = `/v1/weeks/${encodeURIComponent(island("data").week)}`;
let day = island("data");
let read = performance.now();

document.addEventListener("toggle", ({ target }) => target.open && target.closest(".person") && drawStops(target), true);
document.getElementById("main").addEventListener("click", (event) => {
  if (event.target.id === "all-done") noteAll(event.target);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && performance.now() - read > STALE) readAgain();
});
for (const open of document.querySelectorAll(".person details[open]")) drawStops(open);
toDay();

// On a narrow screen the day that is shown is in sight among the days; nothing else moves.
function toDay() {
  const [days, chosen] = [document.querySelector(".days"), document.querySelector(".days [aria-current]")];
  days.scrollLeft = chosen.offsetLeft - days.offsetLeft - (days.clientWidth - chosen.clientWidth) / 2;
}

function drawStops(person) {
  const rows = [];
  let passed = day.now === null;
  for (const stop of day.stops[person.dataset.person]) {
    if (!passed && !stop.begun) rows.push(nowLine());
    passed ||= !stop.begun;
    rows.push(drawStop(stop, person.closest(".noting") !== null));
  }
  if (!passed) rows.push(nowLine());
  person.querySelector(".stops")?.remove();
  person.append(make("ol", { class: "stops" }, ...rows));
}

const nowLine = () => make("li", { class: "line" }, say("today.script.line", { clock: day.now }));

function drawStop(stop, noting) {
  const item = make(
    "li",
    { id: `s-${stop.task}-${stop.slot}`, "data-state": stop.state },
    make("span", { class: "when" }, `${stop.start}–${stop.end}`),
    make("span", { class: "what" }, stop.name, " ", make("span", {}, stop.place)),
    stop.state !== "ahead" && state(stop),
  );
  if (noting && stop.begun) item.append(giveActs(stop));
  return item;
}

function state({ state, ended }) {
  const words = ended ? say("today.script.until", { clock: ended }) : say(`today.script.state.${state}`);
  return make("span", { class: `chip ${TONES[state]}` }, make("span", { "aria-hidden": "true" }, GLYPHS[state]), words);
}

function giveActs(stop) {
  const acts = ["over", "now", "late"].includes(stop.state) ? ["done", "nobody_in", "longer"] : ["back"];
  const group = make("span", { class: "acts", role: "group", "aria-label": say("today.script.acts", { name: stop.name }) });
  for (const act of acts) {
    const button = make("button", { type: "button", class: "small", "data-act": act }, say(`today.script.${act}`));
    button.addEventListener("click", () => (act === "longer" ? askEnd(stop, group) : noteOne(stop, act)));
    group.append(button);
  }
  return group;
}

// When it really ended: a time of day, of the day on which it began or the next.
function askEnd(stop, group) {
  const id = `ended-${stop.task}-${stop.slot}`;
  const input = make("input", { id, size: 6, value: stop.end, inputmode: "numeric", autocomplete: "off" });
  const send = make("button", { type: "submit", class: "small" }, say("today.script.note"));
  const fault = make("span", { class: "wrong", role: "alert", hidden: true }, say("today.script.clock"));
  const form = make("form", { class: "ended" }, make("label", { for: id }, say("today.script.ended")), input, send, fault);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const minutes = minutesOf(input.value);
    fault.hidden = minutes !== null;
    if (minutes === null) return input.focus();
    const [first, next] = stop.dates;
    const date = minutes < minutesOf(stop.start) ? next : first;
    noteOne(stop, "longer", { end: `${date}T${clock(minutes)}` });
  });
  form.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "Escape") return;
    form.replaceWith(group);
    group.querySelector("[data-act=longer]").focus();
  });
  group.replaceWith(form);
  input.select();
}

function noteOne({ task, slot, name }, act, more = {}) {
  const result = act === "back" ? null : act === "longer" ? "done" : act;
  const what = say(`today.script.${act}`);
  return note([{ task, slot, result, ...more }], say("today.script.noted", { name, what }), result !== null);
}

function noteAll(button) {
  button.disabled = true;
  const over = Object.values(day.stops).flat().filter(({ state }) => state === "over");
  const outcomes = over.map(({ task, slot }) => ({ task, slot, result: "done" }));
  return note(outcomes, say("today.script.all_noted", { count: over.length }), true);
}

async function note(outcomes, words, undoes) {
  try {
    await post(`${week}/outcomes`, { outcomes });
    await readAgain();
    const back = outcomes.map(({ task, slot }) => ({ task, slot, result: null }));
    tell(words, undoes ? { undo: () => note(back, say("today.script.undone"), false) } : {});
  } catch (error) {
    tellFault(error, { again: () => note(outcomes, words, undoes) });
  }
}

// The page as it is now, part by part; who is open stays so, and the stop at hand keeps the focus.
async function readAgain() {
  const stop = document.activeElement?.closest?.("main li[id]")?.id;
  const fresh = await refresh(...["heading", "next", "work", "posts", "changes"].map((name) => `[data-part=${name}]`));
  if (!fresh) return;
  day = JSON.parse(fresh.getElementById("data").textContent);
  read = performance.now();
  toDay();
  for (const open of document.querySelectorAll(".person details[open]")) drawStops(open);
  if (stop) document.getElementById(stop)?.querySelector("button")?.focus({ preventScroll: true });
}
