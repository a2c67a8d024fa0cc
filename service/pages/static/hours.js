// Hours of work painted on a week: by dragging, or by keys. Finer spans stay where nobody paints.
import { announce } from "./band.js";
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { clock, dayOf } from "./moments.js";
import { saveCell } from "./record_cell.js";
import { say } from "./words.js";

const HALF = 30;
const DAY = 1440;
const table = document.querySelector(".hours");
const { dates, ...data } = island("data");
let spans = data.spans;
const cells = new Map([...table.querySelectorAll("[data-at]")].map((cell) => [Number(cell.dataset.at), cell]));
const at = (cell) => Number(cell.dataset.at);
const held = (start, end) => spans.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(to, end) - Math.max(from, start)), 0);

// Spans with a stretch of time in them, or without it.
function painted(start, end, on) {
  const others = spans.flatMap(([from, to]) => [
    [from, Math.min(to, start)],
    [Math.max(from, end), to],
  ]);
  const every = (on ? [...others, [start, end]] : others).filter(([from, to]) => from < to).sort(([a], [b]) => a - b);
  const joined = [];
  for (const [from, to] of every) {
    const last = joined.at(-1);
    if (last && last[1] >= from) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

function draw() {
  for (const [start, cell] of cells) {
    const minutes = held(start, start + HALF);
    const state = minutes >= HALF ? "in" : minutes ? "part" : "out";
    cell.classList.toggle("in", state === "in");
    cell.classList.toggle("part", state === "part");
    const leave = cell.classList.contains("leave") ? ` ${say("records.cell.leave")}` : "";
    cell.firstChild.textContent = say(`records.cell.${state}`) + leave;
  }
}

// As the workbook has it: each span with the date that it begins on.
function text() {
  const end = (from, to) => {
    const day = dayOf(to);
    if (day === dayOf(from)) return clock(to);
    if (to % DAY === 0 && day === dayOf(from) + 1) return "24:00";
    return dates[day] ? `${dates[day]} ${clock(to)}` : clock(to);
  };
  return spans.map(([from, to]) => `${dates[dayOf(from)]} ${clock(from)}-${end(from, to)}`).join("; ");
}

async function save(before) {
  draw();
  if (JSON.stringify(before) === JSON.stringify(spans)) return;
  if (!(await saveCell("availability", text() || say("records.script.never")))) {
    spans = before;
    draw();
  }
}

let drag = null;

function paintTo(cell) {
  const [one, other] = [at(drag.from), at(cell)];
  const days = [dayOf(one), dayOf(other)].sort((a, b) => a - b);
  const times = [one % DAY, other % DAY].sort((a, b) => a - b);
  spans = drag.before;
  for (let day = days[0]; day <= days[1]; day++) {
    spans = painted(day * DAY + times[0], day * DAY + times[1] + HALF, drag.on);
  }
  draw();
}

function begin(cell) {
  drag = { from: cell, before: spans, on: held(at(cell), at(cell) + HALF) < HALF };
  paintTo(cell);
}

function end() {
  if (!drag) return;
  const { before } = drag;
  drag = null;
  save(before);
}

table.addEventListener("pointerdown", (event) => {
  const cell = event.target.closest("[data-at]");
  // A finger scrolls; it paints one cell by tapping.
  if (!cell || event.button !== 0 || event.pointerType === "touch") return;
  event.preventDefault();
  focus(cell);
  begin(cell);
});
table.addEventListener("pointerover", (event) => {
  const cell = event.target.closest("[data-at]");
  if (cell && drag) paintTo(cell);
});
addEventListener("pointerup", end);
table.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-at]");
  if (!cell || event.pointerType !== "touch") return;
  begin(cell);
  end();
});

function focus(cell) {
  table.querySelector("[tabindex='0']")?.setAttribute("tabindex", "-1");
  cell.tabIndex = 0;
  cell.focus();
}

const STEPS = { ArrowUp: -HALF, ArrowDown: HALF, ArrowLeft: -DAY, ArrowRight: DAY };
table.addEventListener("keydown", (event) => {
  const cell = event.target.closest("[data-at]");
  const key = keyOf(event);
  if (!cell || !key) return;
  if (key in STEPS) {
    const next = cells.get(at(cell) + STEPS[key]);
    if (next && (dayOf(at(next)) === dayOf(at(cell)) || Math.abs(STEPS[key]) === DAY)) {
      if (event.shiftKey && !drag) begin(cell);
      focus(next);
      if (event.shiftKey) paintTo(next);
    }
  } else if (key === " " || key === "Enter") {
    begin(cell);
    end();
    announce(cell.textContent);
  } else if (key === "Escape" && drag) {
    spans = drag.before;
    drag = null;
    draw();
  } else return;
  event.preventDefault();
  event.stopPropagation();
});
table.addEventListener("keyup", (event) => event.key === "Shift" && end());

document.getElementById("copy-day").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const from = Number(form.elements.from.value);
  const before = spans;
  const day = spans.map(([start, stop]) => [Math.max(start, from * DAY), Math.min(stop, (from + 1) * DAY)]);
  for (const box of form.querySelectorAll("[name=to]:checked")) {
    const to = Number(box.value);
    if (to === from) continue;
    spans = painted(to * DAY, (to + 1) * DAY, false);
    for (const [start, stop] of day) {
      if (start < stop) spans = painted(start + (to - from) * DAY, stop + (to - from) * DAY, true);
    }
  }
  save(before);
});

const first = cells.get(8 * 60);
first.tabIndex = 0;
const region = table.parentNode;
region.scrollTop += cells.get(7 * 60).getBoundingClientRect().top - table.tHead.getBoundingClientRect().bottom;
