// A week on canvases in one scroller; names, days and the row in focus are real elements.
import { Axis } from "./axis.js";
import { dayOf } from "./moments.js";
import { paintGround, paintHours, paintTarget, paintWork } from "./paint.js";
import { palette } from "./palette.js";
import { element } from "./speech.js";
import { TILE, Tiles } from "./tiles.js";
import { Tip } from "./tip.js";
import { chips } from "./week.js";

const NAMES = [104, 168], PLACES = 224, SMALL = 560, DAY = 104, ONE_DAY = 620, SLACK = 2;

/**
 * hooks: label (of the grid), empty (words where no row is), none(row) (words of a row without work),
 * act(name, {bar, row, day, event}) for "choose" and "open", head(day): lines [words, class] beneath a day's name.
 */
export class WeekGrid {
  constructor(host, week, hooks) {
    Object.assign(this, { host, week, hooks, rows: [], chosen: new Set(), first: 0, count: 1, at: null });
    this.axis = new Axis(week.data, week.bars);
    host.classList.add("week-grid");
    host.setAttribute("role", "grid");
    host.tabIndex = 0;
    this.space = element("div", undefined, host, "week-space");
    this.tiles = new Tiles(element("div", undefined, this.space, "week-layer"));
    this.head = element("div", undefined, this.space, "week-head");
    this.head.setAttribute("role", "row");
    this.head.setAttribute("aria-rowindex", "1");
    this.body = element("div", undefined, this.space, "week-body");
    this.tip = new Tip();
    this.colours = palette();
    this.listen();
  }

  listen() {
    const { host } = this;
    host.addEventListener("scroll", () => { this.tip.hide(); this.coverSoon(); }, { passive: true });
    host.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") this.hover(event); });
    host.addEventListener("pointerleave", () => this.tip.hide());
    host.addEventListener("click", (event) => this.pressed(event));
    host.addEventListener("dblclick", (event) => this.pressed(event, "open"));
    host.addEventListener("keydown", (event) => this.key(event));
    // Who presses with the mouse sees already what they press: nothing scrolls for it.
    host.addEventListener("pointerdown", () => { this.pointed = true; setTimeout(() => { this.pointed = false; }); });
    host.addEventListener("focus", () => { if (this.pointed) return; if (!this.at) this.step("ArrowDown"); else this.focusAt(); });
    host.addEventListener("focusout", (event) => { if (!host.contains(event.relatedTarget)) this.tip.hide(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour());
    new ResizeObserver(() => { if (this.fitted !== this.size) this.layout(); }).observe(host);
  }

  recolour() {
    this.colours = palette();
    this.draw();
  }

  /** Show these rows, so many days from the first. What is in view stays there. */
  show(rows, first, count) {
    Object.assign(this, { rows, first, count });
    this.layout();
  }

  /** Another state of the same week: what is in view and in focus stays. */
  renew(week) {
    const focused = this.host.contains(document.activeElement) && document.activeElement !== this.host;
    this.week = week;
    return (id) => {
      if (!this.at) return;
      this.bar = this.at.shown.find((bar) => !bar.way && [bar, ...(bar.parts || [])].some((one) => id(one))) || null;
      if (focused) this.focusAt();
    };
  }

  get size() { return `${this.host.clientWidth} ${this.host.clientHeight}`; }

  layout() {
    const { host, axis } = this, wide = host.clientWidth;
    if (!wide) return;
    const places = this.rows.length && this.rows[0].place !== undefined;
    const names = wide < SMALL ? NAMES[0] : places ? PLACES : NAMES[1];
    const width = Math.max(wide, names + (this.count === 1 ? ONE_DAY : DAY * this.count));
    axis.fit(this.first, this.count, names, width - names);
    this.names = names;
    const last = this.rows[this.rows.length - 1];
    this.height = last ? last.y + last.h : 0;
    this.space.style.width = `${width}px`;
    this.body.style.height = `${this.height}px`;
    this.space.style.setProperty("--names", `${names}px`);
    for (const row of this.rows)
      if (!row.group) row.shown = this.count === 1 || row.lanes > 1 ? row.bars : chips(row.bars, (bar) => axis.x(bar.end) - axis.x(bar.start));
    this.fillHead();
    this.fillRows();
    this.fitTiles(width);
    if (this.at) this.at = this.rows.find((row) => row.key === this.at.key && !row.group) || null;
    if (this.at) this.fillCells();
  }

  fitTiles(wide) {
    const { host, height } = this, top = this.head.offsetHeight;
    this.fitted = this.size;
    this.top = top;
    this.tall = Math.max(0, Math.min(host.clientHeight - top, height));
    this.tiles.fit({ wide, height, top, tall: this.tall });
    this.draw();
  }

  fillHead() {
    const { head, axis, week } = this, { pick } = week.speech;
    head.replaceChildren();
    const corner = element("div", undefined, head, "week-corner");
    corner.setAttribute("role", "columnheader");
    corner.textContent = week.speech.say("row_names");
    const hours = axis.hours(30);
    for (let day = this.first; day < this.first + this.count; day += 1) {
      const cell = element("div", undefined, head, week.data.off[day] ? "week-day off" : "week-day");
      cell.setAttribute("role", "columnheader");
      cell.style.width = `${axis.day}px`;
      element("strong", pick(axis.day > 150 ? week.data.days[day] : week.data.heads[day]), cell);
      for (const [words, state] of this.hooks.head ? this.hooks.head(day) : []) element("span", words, cell, `week-note ${state}`);
      const scale = element("span", undefined, cell, "week-hours");
      scale.setAttribute("aria-hidden", "true");
      for (const hour of hours) {
        const x = axis.x(day * 1440 + hour * 60) - axis.left - (day - this.first) * axis.day;
        if (x > axis.day - 20) continue;
        element("i", String(hour), scale).style.left = `${x}px`;
      }
    }
  }

  fillRows() {
    const made = document.createDocumentFragment();
    this.elements = this.rows.map((row) => {
      const line = element("div", undefined, made, row.group ? "week-group" : "week-row");
      line.setAttribute("role", "row");
      line.setAttribute("aria-rowindex", String(row.index + 2));
      line.style.height = `${row.h}px`;
      const name = element("div", undefined, line, "week-name");
      name.setAttribute("role", "rowheader");
      element("span", row.label, name);
      if (row.note) element("small", row.note, name, row.state || "");
      return line;
    });
    if (!this.rows.length && this.hooks.empty) element("p", this.hooks.empty(), made, "week-empty");
    this.body.replaceChildren(made);
    this.host.setAttribute("aria-rowcount", String(this.rows.length + 1));
    this.host.setAttribute("aria-colcount", String(this.count + 1));
    this.host.setAttribute("aria-label", this.hooks.label());
  }

  coverSoon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => { this.waiting = 0; this.cover(TILE); });
  }

  get scene() {
    const { pick } = this.week.speech;
    return {
      axis: this.axis, colours: this.colours, chosen: this.chosen, pick,
      name: (bar) => bar.label || this.week.name(bar),
    };
  }

  draw() {
    this.tiles.forget();
    this.cover(0);
  }

  /** Have what is in sight painted, and so many pixels above and below it. */
  cover(ahead) {
    const top = this.host.scrollTop, scene = this.scene;
    this.tiles.cover(top - ahead, top + this.tall + ahead, (pen, from, h) => this.paint(pen, scene, from, h));
  }

  paint(pen, scene, top, h) {
    const w = this.axis.left + this.axis.width;
    pen.fillStyle = this.colours.card;
    pen.fillRect(0, 0, w, h);
    const seen = this.rows.filter((row) => row.y - top < h && row.y + row.h > top);
    for (const row of seen) {
      if (row.group) { pen.fillStyle = this.colours.faint; pen.fillRect(0, row.y - top, w, row.h); }
      else paintGround(pen, scene, row, row.y - top);
    }
    paintHours(pen, scene, 0, h);
    for (const row of seen) if (!row.group) paintWork(pen, scene, row, row.y - top);
    if (this.target) paintTarget(pen, scene, this.target, this.target.row.y - top);
  }

  /** What lies beneath a pointer: {row, bar, day, minute}, or null beside all rows. */
  under(event) {
    const bounds = this.host.getBoundingClientRect();
    const px = event.clientX - bounds.left, py = event.clientY - bounds.top - this.top;
    if (px < this.names || py < 0 || py > this.tall) return null;
    const x = px + this.host.scrollLeft, y = py + this.host.scrollTop;
    const row = this.rows.find((one) => y >= one.y && y < one.y + one.h);
    if (!row || row.group) return null;
    const { axis } = this, lane = row.lanes > 1 ? Math.floor((y - row.y - 2) / ((row.h - 4) / row.lanes)) : 0;
    const bar = row.shown.find((one) => !one.way && one.lane === lane && axis.shows(one.start, one.end)
      && x >= axis.x(one.start) - SLACK && x <= Math.max(axis.x(one.end), axis.x(one.start) + 3) + 1);
    const minute = axis.minute(x);
    return { row, bar: bar || null, minute, day: dayOf(minute) };
  }

  hover(event) {
    const found = this.under(event);
    this.tell(found && found.bar, event.clientX, event.clientY);
  }

  tell(bar, x, y) {
    if (!bar) { this.tip.hide(); return; }
    this.tip.show(this.week.name(bar), this.week.lines(bar), x, y);
  }

  pressed(event, name = "choose") {
    const found = this.under(event);
    if (!found) return;
    this.place(found.row, found.bar, false);
    if (event.pointerType !== "mouse") this.tell(found.bar, event.clientX, event.clientY);
    if (this.hooks.act) this.hooks.act(name, { ...found, event });
  }

  /** Bars of the row in focus that one can go to. */
  get stops() {
    return this.at.shown.filter((bar) => !bar.way && this.axis.shows(bar.start, bar.end));
  }

  place(row, bar, focus = true) {
    const changed = this.at !== row;
    this.at = row;
    this.bar = bar;
    if (changed) this.fillCells();
    if (focus) this.focusAt();
  }

  /** Cells of the row in focus, one a bar, or one that says that there is none; gone from the row before. */
  fillCells() {
    for (const cell of this.body.querySelectorAll(".week-cell")) cell.remove();
    const line = this.elements[this.at.index], { axis } = this;
    if (!line) return;
    const cell = (words, x, wide) => {
      const made = element("div", undefined, line, "week-cell");
      made.setAttribute("role", "gridcell");
      made.setAttribute("aria-label", words);
      made.tabIndex = -1;
      made.style.left = `${x}px`;
      made.style.width = `${wide}px`;
      return made;
    };
    this.cells = this.stops.map((bar) => {
      const x = axis.x(bar.start);
      return cell([this.week.name(bar), ...this.week.lines(bar)].join("; "), x, Math.max(3, axis.x(bar.end) - x));
    });
    if (!this.cells.length) this.cells = [cell(this.hooks.none ? this.hooks.none(this.at) : this.at.label, this.names, axis.day)];
  }

  focusAt() {
    const n = Math.max(0, this.stops.indexOf(this.bar)), cell = this.cells[n];
    this.bar = this.stops[n] || null;
    this.reveal(this.at, this.bar);
    cell.focus({ preventScroll: true });
    if (!this.bar) { this.tip.hide(); return; }
    const bounds = cell.getBoundingClientRect();
    this.tell(this.bar, bounds.left, bounds.top + bounds.height / 2);
  }

  /** Scroll no more than it takes to see a bar. */
  reveal(row, bar) {
    const { host, axis } = this, tall = host.clientHeight - this.top;
    if (row.y < host.scrollTop) host.scrollTop = row.y;
    if (row.y + row.h > host.scrollTop + tall) host.scrollTop = row.y + row.h - tall;
    if (!bar) return;
    if (axis.x(bar.start) < host.scrollLeft + this.names) host.scrollLeft = axis.x(bar.start) - this.names - 20;
    if (axis.x(bar.end) > host.scrollLeft + host.clientWidth) host.scrollLeft = axis.x(bar.end) - host.clientWidth + 20;
  }

  key(event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.startsWith("Arrow")) { event.preventDefault(); this.step(event.key); return; }
    if (event.key === "Escape") { this.tip.hide(); return; }
    if ((event.key === "Enter" || event.key === " ") && this.at && this.hooks.act) {
      event.preventDefault();
      const name = event.key === "Enter" ? "open" : "choose";
      this.hooks.act(name, { row: this.at, bar: this.bar, day: this.bar ? dayOf(this.bar.start) : this.first, event });
    }
  }

  step(key) {
    const rows = this.rows.filter((row) => !row.group);
    if (!rows.length) return;
    if (!this.at) { this.place(rows[0], null); return; }
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const { stops } = this, n = stops.indexOf(this.bar) + (key === "ArrowRight" ? 1 : -1);
      this.place(this.at, stops[Math.min(Math.max(n, 0), stops.length - 1)] || null);
      return;
    }
    const n = rows.indexOf(this.at) + (key === "ArrowDown" ? 1 : -1);
    const row = rows[Math.min(Math.max(n, 0), rows.length - 1)], from = this.bar ? this.bar.start : this.first * 1440;
    const near = row.shown.filter((bar) => !bar.way && this.axis.shows(bar.start, bar.end))
      .reduce((best, bar) => (!best || Math.abs(bar.start - from) < Math.abs(best.start - from) ? bar : best), null);
    this.place(row, near);
  }

  /** Mark bars by their numbers. */
  choose(numbers) {
    this.chosen = new Set(numbers);
    this.draw();
  }
}
