// Hours for the next week, painted on a strip of half hours a day, by finger, mouse or keys.
import { post } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import { forgetDraft } from "./drafts.js";
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { clock } from "./moments.js";
import { once } from "./once.js";
import { say } from "./words.js";

const own = island("data");
const form = document.getElementById("hours");
const strips = form ? [...form.querySelectorAll(".strip")] : [];
const cellsOf = (strip) => [...strip.children];
const isOn = (cell) => cell.ariaSelected === "true";
const nameOf = (strip) => strip.closest("section").ariaLabel;
const DRAFT = `draft:${location.pathname}:painted`;

// Runs of painted half hours of a day, as [from, to) in half hours.
function runs(strip) {
  const found = [];
  for (const cell of cellsOf(strip)) {
    const half = Number(cell.dataset.half);
    if (!isOn(cell)) continue;
    if (found.length && found.at(-1)[1] === half) found.at(-1)[1] = half + 1;
    else found.push([half, half + 1]);
  }
  return found;
}

const inWords = (strip) => runs(strip).map(([from, to]) => `${clock(from * 30)}–${clock(to * 30)}`).join(" ");

function said(strip) {
  const spans = inWords(strip);
  strip.closest("section").querySelector(".sum").textContent = spans || say("me.script.cannot");
}

function changed(strip, aloud = true) {
  said(strip);
  const spans = inWords(strip);
  if (aloud) announce(say(spans ? "me.script.spans" : "me.script.no_spans", { day: nameOf(strip), spans }));
  sessionStorage.setItem(DRAFT, JSON.stringify(strips.map((each) => cellsOf(each).map((cell) => (isOn(cell) ? 1 : 0)).join(""))));
}

function paint(cell, on) {
  cell.ariaSelected = String(on);
}

function painted(strip, from, to, on) {
  for (const cell of cellsOf(strip)) {
    const half = Number(cell.dataset.half);
    if (half >= from && half < to) paint(cell, on);
  }
}

function cellAt(strip, x) {
  const cells = cellsOf(strip);
  const box = strip.getBoundingClientRect();
  const number = Math.floor(((x - box.left) / box.width) * cells.length);
  return cells[Math.max(0, Math.min(cells.length - 1, number))];
}

function dragging(strip) {
  let begun = null;
  strip.addEventListener("pointerdown", (event) => {
    const cell = cellAt(strip, event.clientX);
    begun = { cell, on: !isOn(cell), before: cellsOf(strip).map(isOn) };
    strip.setPointerCapture(event.pointerId);
    paint(cell, begun.on);
    focused(cell);
    said(strip);
  });
  strip.addEventListener("pointermove", (event) => {
    if (!begun) return;
    const cells = cellsOf(strip);
    const [from, to] = [cells.indexOf(begun.cell), cells.indexOf(cellAt(strip, event.clientX))].sort((a, b) => a - b);
    cells.forEach((cell, number) => paint(cell, number >= from && number <= to ? begun.on : begun.before[number]));
    said(strip);
  });
  strip.addEventListener("pointerup", () => {
    if (begun) changed(strip);
    begun = null;
  });
  // The finger scrolls the page: nothing was meant.
  strip.addEventListener("pointercancel", () => {
    if (begun) cellsOf(strip).forEach((cell, number) => paint(cell, begun.before[number]));
    begun = null;
    said(strip);
  });
}

function focused(cell) {
  for (const other of cellsOf(cell.parentElement)) other.tabIndex = other === cell ? 0 : -1;
  cell.focus({ preventScroll: true });
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function onKey(event) {
  const cell = event.target.closest(".cell");
  const key = keyOf(event);
  if (!cell || !key) return;
  const strip = cell.parentElement;
  const row = strips.indexOf(strip);
  const column = cellsOf(strip).indexOf(cell);
  if (key in STEPS) {
    const [down, right] = STEPS[key];
    const next = strips[row + down]?.children[column + right];
    if (!next) return event.preventDefault();
    if (event.shiftKey && right) {
      paint(next, isOn(cell));
      changed(strip);
    }
    focused(next);
    next.scrollIntoView({ block: "nearest" });
  } else if (key === " " || key === "Enter") {
    paint(cell, !isOn(cell));
    changed(strip);
  } else if (key === "Home" || key === "End") {
    focused(key === "Home" ? strip.firstElementChild : strip.lastElementChild);
  } else {
    return;
  }
  event.preventDefault();
}

function fill({ target }) {
  const button = target.closest("[data-fill]");
  if (!button) return;
  const strip = button.closest("section").querySelector(".strip");
  if ("clear" in button.dataset) painted(strip, 0, 48, false);
  const [from, to] = button.dataset.fill.split("-").map(Number);
  if (to) painted(strip, from, to, true);
  changed(strip);
}

async function handIn() {
  const part = (half) => `${String(Math.floor(half / 2)).padStart(2, "0")}:${half % 2 ? "30" : "00"}`;
  const spans = strips.flatMap((strip) =>
    runs(strip).map(([from, to]) => ({ start: `${strip.dataset.date}T${part(from)}`, end: `${strip.dataset.date}T${part(to)}` })),
  );
  const daysOff = [...form.querySelectorAll("[name^=off-]:checked")].map((box) => box.value);
  const wanted = { kind: "hours", start: own.start, spans, days_off: daysOff, words: form.elements.words.value };
  const path = `/v1/weeks/${own.week}/people/${encodeURIComponent(own.person)}/requests`;
  try {
    await post(path, wanted);
    forgetDraft(form);
    sessionStorage.removeItem(DRAFT);
    tell(say("me.script.submitted"));
  } catch (error) {
    tellFault(error);
  }
}

// What was painted and not handed in comes back after a reload; else what the page brought.
function begin() {
  const draft = JSON.parse(sessionStorage.getItem(DRAFT) ?? "null");
  for (const [number, strip] of strips.entries()) {
    if (draft) cellsOf(strip).forEach((cell, at) => paint(cell, draft[number]?.[at] === "1"));
    for (const [start, end] of draft ? [] : own.spans) {
      const half = (moment) => (Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16))) / 30;
      if (start.slice(0, 10) === strip.dataset.date) painted(strip, half(start), end.slice(0, 10) === strip.dataset.date ? half(end) : 48, true);
    }
    said(strip);
    dragging(strip);
  }
  form.addEventListener("keydown", onKey);
  form.addEventListener("click", fill);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    once(form, handIn);
  });
}

if (form) begin();
