// The board's page: fetches the week once, draws it, and keeps what is shown in the address.
import { get } from "./api.js";
import { announce, tellFault } from "./band.js";
import { fillAgenda } from "./board/agenda.js";
import { finder } from "./board/find.js";
import { BoardWeek } from "./board/model.js";
import { fillChosen, fillTray } from "./board/side.js";
import { legend, tools } from "./board/tools.js";
import { isFiltered, readView, unfiltered, writeView } from "./board/view.js";
import { WeekGrid } from "./drawings/grid.js";
import { dutyRows, peopleRows } from "./drawings/rows.js";
import { speaker } from "./drawings/speech.js";
import { island } from "./island.js";
import { lang, say } from "./words.js";

const page = island("data");
const part = (id) => document.getElementById(id);
const phone = matchMedia("(max-width: 600px)");
const ROW = matchMedia("(pointer: coarse)").matches ? 30 : 26;

class BoardPage {
  constructor(answer) {
    const speech = { ...speaker(page.words, () => lang), ask: (area) => say("board.script.ask", { area }) };
    this.revision = answer.revision;
    this.week = new BoardWeek(answer.drawing, speech);
    this.view = readView();
    this.grid = new WeekGrid(part("grid"), this.week, {
      label: () => speech.say("label"),
      empty: () => say("board.script.nothing"),
      none: (row) => say("board.script.no_work", { name: row.label }),
      head: (day) => this.coverage(day),
      act: (name, at) => this.act(name, at),
    });
    this.tools = tools(this.week, (change) => this.change(typeof change === "function" ? change(this.view) : change));
    finder(this.week, (one) => this.go(one));
    legend(this.week);
    addEventListener("popstate", () => { this.view = readView(); this.show(); });
    phone.addEventListener("change", () => this.show());
    this.show();
    part("board").removeAttribute("aria-busy");
    this.grid.layout();
    const chosen = this.chosen()[0];
    if (chosen) this.reveal(chosen);
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
    grid.chosen = new Set(this.chosen().map((bar) => bar.number));
    part("agenda").hidden = !phone.matches;
    if (phone.matches) {
      grid.axis.fit(first, count, 0, 1);
      fillAgenda(part("agenda"), week, rows, grid.axis);
    } else grid.show(rows, first, count);
    this.count(rows);
    this.side();
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

  /** The bars that the address names. */
  chosen() {
    return this.view.sel.split(",").filter(Boolean).map((id) => this.week.byId(id)).filter(Boolean);
  }

  act(name, { bar, event }) {
    const parts = bar ? bar.parts ?? [bar] : [];
    const ids = parts.map((one) => this.week.idOf(one)).filter(Boolean);
    const before = this.view.sel.split(",").filter(Boolean);
    const several = event.ctrlKey || event.metaKey || event.shiftKey;
    const kept = several ? before.filter((id) => !ids.includes(id)) : [];
    const added = several ? ids.filter((id) => !before.includes(id)) : ids;
    this.view = { ...this.view, sel: [...kept, ...added].join(",") };
    writeView(this.view);
    this.grid.choose(this.chosen().map((one) => one.number));
    this.side();
  }

  side() {
    const bars = this.chosen(), host = part("side"), { week } = this;
    if (bars.length) {
      fillChosen(host, week, bars, { close: () => this.change({ sel: "" }), acts: () => [] });
      return;
    }
    const { first, count, kinds } = this.asked;
    const inDays = (one) => count > 1 || (one.start < (first + count) * 1440 && one.end > first * 1440);
    fillTray(host, week, (one) => inDays(one) && (!kinds || kinds.has(week.data.tasks[one.task][1])), (one) => this.go({ kind: "task", n: one.task }));
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
