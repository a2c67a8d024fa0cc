// A day: one tap notes what became of a stop, one line takes it back. The page is read again after
// each act, and where it is looked at again later; what is open and focused stays so.
import { post } from "./api.js";
import { tell, tellFault } from "./band.js";
import { make } from "./dom.js";
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { clock, minutesOf } from "./moments.js";
import { say } from "./words.js";

const STALE = 5 * 60 * 1000;
const week = `/v1/weeks/${encodeURIComponent(island("data").week)}`;
const list = () => document.querySelector(".list.noting");
let read = performance.now();

document.addEventListener("toggle", (event) => {
  if (event.target.open && event.target.closest(".list.noting")) giveActs(event.target);
}, true);
document.getElementById("main").addEventListener("click", (event) => {
  if (event.target.id === "all-done") noteAll(event.target);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && performance.now() - read > STALE) refresh();
});
for (const open of document.querySelectorAll(".list.noting details[open]")) giveActs(open);

function giveActs(person) {
  for (const stop of person.querySelectorAll("li[data-begun]")) {
    if (stop.querySelector(".acts")) continue;
    const acts = stop.dataset.state === "over" || stop.dataset.state === "now" ? ["done", "nobody_in", "longer"] : ["back"];
    const group = make("span", { class: "acts", role: "group", "aria-label": say("today.script.acts", { name: stop.dataset.name }) });
    for (const act of acts) {
      const button = make("button", { type: "button", class: "small", "data-act": act }, say(`today.script.${act}`));
      button.addEventListener("click", () => (act === "longer" ? askEnd(stop, group) : noteOne(stop, act)));
      group.append(button);
    }
    stop.append(group);
  }
}

// When it really ended: a time of day, of the day on which it began or the next.
function askEnd(stop, group) {
  const id = `ended-${stop.id}`;
  const input = make("input", { id, size: 6, value: stop.dataset.end, inputmode: "numeric", autocomplete: "off" });
  const send = make("button", { type: "submit", class: "small" }, say("today.script.note"));
  const fault = make("span", { class: "wrong", role: "alert", hidden: true }, say("today.script.clock"));
  const form = make("form", { class: "ended" }, make("label", { for: id }, say("today.script.ended")), input, send, fault);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const minutes = minutesOf(input.value);
    fault.hidden = minutes !== null;
    if (minutes === null) return input.focus();
    const [first, next] = stop.dataset.dates.split(" ");
    const date = minutes < minutesOf(stop.dataset.start) ? next : first;
    noteOne(stop, "done", { end: `${date}T${clock(minutes)}` });
  });
  form.addEventListener("keydown", (event) => {
    if (keyOf(event) !== "Escape") return;
    form.replaceWith(group);
    group.querySelector("[data-act=longer]").focus();
  });
  group.replaceWith(form);
  input.select();
}

function noteOne(stop, act, more = {}) {
  const what = { task: stop.dataset.task, slot: Number(stop.dataset.slot) };
  const result = act === "back" ? null : act;
  const words = say(`today.script.${result === null ? "back" : act}`);
  return note([{ ...what, result, ...more }], say("today.script.noted", { name: stop.dataset.name, what: words }), result !== null);
}

function noteAll(button) {
  button.disabled = true;
  const over = [...list().querySelectorAll("li[data-state=over]")];
  const outcomes = over.map(({ dataset }) => ({ task: dataset.task, slot: Number(dataset.slot), result: "done" }));
  return note(outcomes, say("today.script.all_noted", { count: over.length }), true);
}

async function note(outcomes, words, undoes) {
  try {
    await post(`${week}/outcomes`, { outcomes });
    await refresh();
    const back = outcomes.map(({ task, slot }) => ({ task, slot, result: null }));
    tell(words, undoes ? { undo: () => note(back, say("today.script.undone"), false) } : {});
  } catch (error) {
    tellFault(error, { again: () => note(outcomes, words, undoes) });
  }
}

// The page as it is now, part by part.
async function refresh() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const open = [...document.querySelectorAll("main details[open][id]")].map(({ id }) => id);
  const focused = document.activeElement?.closest?.("main [id]")?.id;
  for (const part of document.querySelectorAll("[data-part]")) {
    const now = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (now) part.replaceWith(now);
  }
  for (const id of open) {
    const person = document.getElementById(id);
    if (!person) continue;
    person.open = true;
    if (person.closest(".noting")) giveActs(person);
  }
  const place = focused && document.getElementById(focused);
  (place?.querySelector("button, summary") ?? place)?.focus({ preventScroll: true });
  read = performance.now();
}
