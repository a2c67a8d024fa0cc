// The board's page: fetches the week once, draws it, and keeps what is shown in the address.
import { get } from "./api.js";
import { announce, tellFault, undo } from "./band.js";
import { Acts } from "./board/acts.js";
import { fillAgenda } from "./board/agenda.js";
import { Chosen } from "./board/chosen.js";
import { finder } from "./board/find.js";
import { Grab } from "./board/grab.js";
import { BoardWeek } from "./board/model.js";
import { fillTray } from "./board/side.js";
import { legend, tools } from "./board/tools.js";
import { isFiltered, readView, unfiltered, writeView } from "./board/view.js";
import { WeekGrid } from "./drawings/grid.js";
import { dayOf } from "./drawings/moments.js";
import { dutyRows, peopleRows } from "./drawings/rows.js";
import { speaker } from "./drawings/speech.js";
import { island } from "./island.js";
import { bindKey } from "./keys.js";
import { lang, say } from "./words.js";

const page = island("data");

// Paper gets the week as the table that the server draws: what is asked for while one waits is there when it is printed.
addEventListener("beforeprint", () => {
  const request = new XMLHttpRequest(), path = `/w/${encodeURIComponent(page.week)}/table`;
  request.open("GET", path, false);
  request.setRequestHeader("Accept", "text/html");
  try {
    request.send();
  } catch {
    return;
  }
  if (request.status !== 200 || new URL(request.responseURL).pathname !== path) return;
  const drawn = new DOMParser().parseFromString(request.responseText, "text/html");
  document.querySelector(".on-paper").replaceChildren(...drawn.querySelector("main").children);
});
const part = (id) => document.getElementById(id);
const phone = matchMedia("(max-width: 600px)");
const ROW = matchMedia("(pointer: coarse)").matches ? 30 : 26;

class BoardPage {
  constructor(answer) {
    const speech = { ...speaker(page.words, () => lang), ask: (area) => say("board.script.ask", { area }) };
    this.speech = speech;
    this.week = new BoardWeek(answer.drawing, speech);
    this.acts = new Acts(page.week, {
      redraw: (now) => this.redraw(now),
      broken: (problems, again) => this.panel.broken(problems, again),
    });
    this.acts.revision = answer.revision;
    this.acts.may = "acts" in part("board").dataset;
    this.view = readView();
    this.grid = new WeekGrid(part("grid"), this.week, {
      label: () => speech.say("label"),
      empty: () => say("board.script.nothing"),
      none: (row) => say("board.script.no_work", { name: row.label }),
      head: (day) => this.coverage(day),
      act: (name, at) => this.act(name, at),
    });
    this.tools = tools(this.week, (change) => this.change(typeof change === "function" ? change(this.view) : change));
    this.panel = new Chosen(this, part("side"));
    this.grab = new Grab(this, (item, change, words) => this.panel.place(item, change, words));
    finder(() => this.week, (one) => this.go(one));
    this.bind();
    legend(this.week);
    addEventListener("popstate", () => { this.view = readView(); this.show(); });
    phone.addEventListener("change", () => this.show());
    part("board").removeAttribute("aria-busy");
    this.show();
    const chosen = this.chosen()[0]?.bar;
    if (chosen) this.reveal(chosen);
  }

  /** The keys of the board; the list behind ? names those that do something now. */
  bind() {
    const one = () => this.panel.one, held = () => one()?.bar && !this.week.data.ask[one().bar.task];
    const key = (name, words, act, when) => bindKey(name, `board.script.key.${words}`, act, when);
    key("d", "day", () => this.chooseDay(), () => this.grid.at !== null && !phone.matches);
    bindKey("Escape", "script.key.back", () => this.back());
    if (!this.acts.may) return;
    key("m", "move", () => this.take(one()), () => one() !== null && !phone.matches);
    key("s", "swap", () => this.panel.beginSwap(one()), held);
    key("l", "pin", () => { this.panel.pin(one()); }, held);
    key("Delete", "off", () => { this.panel.takeOff(); }, () => this.panel.items.some((item) => item.bar));
    bindKey("Ctrl+z", "script.key.undo", () => { if (!undo()) this.acts.undo(); });
    bindKey("Ctrl+y", "script.key.redo", () => { this.acts.redo(); });
    bindKey("Ctrl+Shift+z", "script.key.redo", () => { this.acts.redo(); });
  }

  /** One step out: of what is taken up, of a swap, of the panel, of what is chosen. */
  back() {
    if (document.querySelector("details.menu[open]")) return false;
    if (this.grab.cancel() || this.panel.endSwap()) return true;
    if (part("side").contains(document.activeElement) && this.grid.at && !phone.matches) { this.grid.focusAt(); return true; }
    if (!this.view.sel) return false;
    this.change({ sel: "" });
    return true;
  }

  /** Take up what is chosen, with the keyboard: it begins where it is now. */
  take(item) {
    if (item.bar && this.week.data.ask[item.bar.task]) return false;
    if (this.view.rows !== "people") this.change({ rows: "people" });
    const row = item.bar && this.grid.rows.find((one) => one.person === item.bar.person);
    const at = row ? { row, day: Math.min(Math.max(dayOf(item.bar.start), this.grid.first), this.grid.first + this.grid.count - 1) } : null;
    this.grid.host.focus({ preventScroll: true });
    this.grab.at = at ?? { row: this.grid.rows.find((one) => !one.group), day: this.grid.first };
    this.grab.begin(item);
    return true;
  }

  paintTints() {
    for (const row of this.grid.rows) if (!row.group && row.person !== undefined) row.tints = this.grab.tints(row.person);
    this.grid.draw();
  }

  /** Names of all work of a person on a day. */
  dayOf(person, day) {
    return this.week.byPerson[person].filter((bar) => !bar.way && dayOf(bar.start) === day).map((bar) => this.week.idOf(bar));
  }

  chooseDay() {
    const { at, bar, first } = this.grid;
    if (at?.person === undefined) return false;
    this.select(this.dayOf(at.person, bar ? dayOf(bar.start) : first));
    return true;
  }

  /** The same week at another revision: what is in view, in focus and chosen stays. */
  redraw(answer) {
    this.week = new BoardWeek(answer.drawing, this.speech);
    const inside = part("side").contains(document.activeElement);
    const kept = this.grid.bar ? this.grid.week.idOf(this.grid.bar) : "";
    const restore = this.grid.renew(this.week);
    this.show();
    const sought = this.chosen().length === 1 ? this.chosen()[0] : null;
    const row = sought?.bar && this.grid.rows.find((one) => one.person === sought.bar.person);
    if (row && !phone.matches) this.grid.at = row, this.grid.fillCells();
    restore((bar) => this.week.idOf(bar) === (sought?.id ?? kept));
    legend(this.week);
    if (inside && !part("side").contains(document.activeElement)) part("side").querySelector("button")?.focus({ preventScroll: true });
  }

  coverage(day) {
    const { filled, wanted, short } = this.week.coverage(day, this.asked.role);
    if (!wanted) return [[say("board.script.no_duties"), ""]];
    const there = [say("board.script.present", { filled, wanted }), filled < wanted ? "under" : "full"];
    return short ? [there, [say("board.script.short", { short }), "short"]] : [there];
  }

  /** Rows as the view asks for them. */
  rows() {
    const { week, view } = this, { role, area, kinds, first, count } = this.asked;
    if (view.rows === "duties")
      return dutyRows(week, { duty: (one) => (role < 0 || one.roles.includes(role)) && (!kinds || kinds.has(week.data.tasks[one.task][1])) });
    const shows = (bar) => (!kinds || bar.way || kinds.has(bar.kind)) && (view.changed === "" || bar.way || bar.changed);
    const keeps = (person) => (!kinds || week.byPerson[person].some((bar) => !bar.way && kinds.has(bar.kind)))
      && (view.changed === "" || week.changed.has(person))
      && (view.free === "" || week.isFree(person, first, count));
    const filtered = kinds || view.changed !== "";
    return peopleRows(week, { role, area, keeps, shows: filtered ? shows : null }, ROW);
  }

  show() {
    const { week, view, grid } = this;
    this.asked = week.asked(view);
    const rows = this.rows(), { first, count } = this.asked;
    this.tools(view);
    grid.chosen = this.marked();
    if (this.grab.active) for (const row of rows) row.tints = this.grab.tints(row.person);
    part("agenda").hidden = !phone.matches;
    if (phone.matches) {
      grid.axis.fit(first, count, 0, 1);
      fillAgenda(part("agenda"), week, rows, grid.axis, (bar) => this.select([week.idOf(bar)]));
    }
    // Tools and side first: the grid fits into what they leave.
    this.count(rows);
    this.side();
    if (!phone.matches) grid.show(rows, first, count);
  }

  count(rows) {
    const shown = rows.filter((row) => !row.group).length, duties = this.view.rows === "duties";
    const all = duties ? new Set(this.week.data.duties.map((duty) => duty.place)).size : this.week.data.people.length;
    const host = part("count");
    host.textContent = say(duties ? "board.script.count_duties" : "board.script.count", { shown, all });
    if (!isFiltered(this.view)) return;
    const clear = document.createElement("button");
    Object.assign(clear, { type: "button", className: "small quiet", textContent: say("board.script.clear") });
    clear.addEventListener("click", () => this.change(unfiltered(this.view)));
    host.append(" ", clear);
  }

  change(change) {
    this.view = { ...this.view, ...change };
    writeView(this.view);
    this.show();
  }

  /** The work that the address names. */
  chosen() {
    return this.view.sel.split(",").filter(Boolean).map((id) => this.week.item(id)).filter(Boolean);
  }

  marked() {
    return new Set(this.chosen().flatMap((item) => (item.bar ? [item.bar.number, -1 - item.number] : [-1 - item.number])));
  }

  /** The work that somebody points at: a bar, those of a chip, a duty's with what it lacks; opened beside all bars, the day's. */
  meant(name, bar, row, day) {
    const { week } = this;
    if (!bar) return name === "open" && row.person !== undefined ? this.dayOf(row.person, day) : [];
    if (bar.person >= 0) return (bar.parts ?? [bar]).map((one) => week.idOf(one)).filter(Boolean);
    const missed = week.undone.filter((one) => one.task === bar.task).map((one) => `${week.data.task_ids[one.task]}~${one.slot}`);
    return [...(week.byTask.get(bar.task) ?? []).map((one) => week.idOf(one)), ...missed];
  }

  act(name, { bar, row, day, event }) {
    const ids = this.meant(name, bar, row, day);
    if (this.panel.swapping) { this.panel.swapWith(ids.length === 1 ? this.week.item(ids[0]) : null); return; }
    const before = this.view.sel.split(",").filter(Boolean);
    const several = event.ctrlKey || event.metaKey || event.shiftKey;
    const kept = several ? before.filter((id) => !ids.includes(id)) : [];
    const added = several ? ids.filter((id) => !before.includes(id)) : ids;
    this.select([...kept, ...added]);
    if (event.key === "Enter") part("side").querySelector(".actions button, li button")?.focus();
  }

  select(ids) {
    this.view = { ...this.view, sel: ids.join(",") };
    writeView(this.view);
    this.grid.choose(this.marked());
    this.side();
  }

  side() {
    const host = part("side"), { week } = this;
    host.classList.toggle("chosen", this.chosen().length > 0);
    if (this.chosen().length) { this.panel.show(); return; }
    this.panel.hide();
    const { first, count, kinds } = this.asked;
    const inDays = (one) => count > 1 || (one.start < (first + count) * 1440 && one.end > first * 1440);
    fillTray(host, week, {
      may: this.acts.may,
      keeps: (one) => inDays(one) && (!kinds || kinds.has(week.data.tasks[one.task][1])),
      open: (one) => { this.select([`${week.data.task_ids[one.task]}~${one.slot}`]); host.scrollTop = 0; host.querySelector(".actions button")?.focus({ preventScroll: true }); },
    });
  }

  /** Bring what was found into sight, without its filters where it does not fit them. */
  go({ kind, n }) {
    const fits = (row) => (kind === "person" ? row.person === n : kind === "place" ? row.place === n || row.bars.some((bar) => bar.place === n) : row.bars.some((bar) => bar.task === n));
    const find = () => this.grid.rows.find((row) => !row.group && fits(row));
    if (phone.matches) { this.change({ ...unfiltered(this.view), rows: "people" }); return; }
    if (!find()) this.change(unfiltered(this.view));
    if (!find()) this.change({ rows: this.view.rows === "people" ? "duties" : "people", day: "" });
    const row = find();
    if (!row) return;
    const bar = kind === "person" ? null : row.shown.find((one) => [one, ...(one.parts ?? [])].some((each) => (kind === "task" ? each.task : each.place) === n));
    this.grid.place(row, bar ?? null);
    announce(row.label);
  }

  reveal(bar) {
    const row = this.grid.rows.find((one) => one.person === bar.person);
    if (!row || phone.matches) return;
    this.grid.reveal(row, bar);
  }
}

const start = async () => {
  try {
    const began = performance.now();
    const answer = await get(`/v1/weeks/${page.week}/board`);
    performance.measure("board-answer", { start: began, end: performance.now() });
    const drawn = performance.now();
    new BoardPage(answer);
    performance.measure("board-drawn", { start: drawn, end: performance.now() });
  } catch (error) {
    part("wait").textContent = say("board.script.failed");
    tellFault(error, { again: start });
  }
};
start();
