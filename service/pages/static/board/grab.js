// Work taken up with M or the mouse: priced once for everybody and every day, then put down without another question.
import { get } from "../api.js";
import { announce, tellFault } from "../band.js";
import { clock, dayOf } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { lang, say } from "../words.js";
import { given } from "./acts.js";

const FAR = 8, EDGE = 36, ZOOMED = 40, SNAP = 5;
const EARLIER = { ArrowLeft: -SNAP, ArrowRight: SNAP };
const cost = ({ hard, medium, soft }) => hard * 1e12 + medium * 1e6 + soft;

/** Shades of prices: the cheapest third, the middle, the dear. */
const shaded = (prices) => {
  const sorted = [...new Set(prices.map((one) => cost(one.score)))].sort((a, b) => a - b);
  const good = sorted[Math.floor(sorted.length / 3)], fair = sorted[Math.floor((2 * sorted.length) / 3)];
  return (price) => (cost(price.score) <= good ? "good" : cost(price.score) <= fair ? "fair" : "dear");
};

export class Grab {
  /** page: the board's; drop(change, words): do it. */
  constructor(page, drop) {
    Object.assign(this, { page, drop, item: null, answer: null, at: null, press: null });
    const host = page.grid.host;
    host.addEventListener("keydown", (event) => this.key(event), { capture: true });
    host.addEventListener("pointerdown", (event) => this.pressed(event));
    host.addEventListener("pointermove", (event) => this.pulled(event));
    host.addEventListener("pointerup", (event) => this.released(event));
    host.addEventListener("pointercancel", () => this.end());
    host.addEventListener("click", (event) => { if (this.wasDrag) { event.stopImmediatePropagation(); this.wasDrag = false; } }, { capture: true });
  }

  get active() { return this.item !== null; }

  /** Take a piece of work up and ask for its prices. */
  async begin(item) {
    const { page } = this;
    this.item = item;
    this.answer = null;
    announce(say("board.script.grab.asking", { task: page.week.nameOf(item) }));
    try {
      const query = new URLSearchParams({ task: item.task, slot: item.slot, revision: page.acts.revision });
      const answer = await get(`${page.acts.path}/prices?${query}`);
      if (this.item !== item) return;
      this.answer = new Map(answer.people.map((one) => [one.person, { ...one, by: new Map(one.prices.map((price) => [price.day, price])) }]));
      this.reasons = answer.reasons;
      this.shade = shaded(answer.people.flatMap((one) => one.prices));
      page.paintTints();
      this.point(this.at);
      const people = answer.people.filter((one) => one.prices.length).length;
      announce(say("board.script.grab.ready", { task: page.week.nameOf(item), people }));
    } catch (error) {
      this.end();
      tellFault(error);
    }
  }

  end() {
    if (this.press) this.press.ghost?.remove();
    Object.assign(this, { item: null, answer: null, at: null, press: null });
    this.page.grid.target = null;
    this.page.grid.tip.hide();
    this.page.grid.host.classList.remove("grabbing");
    this.page.paintTints();
  }

  /** A shade for each day of a person's row; null where nothing is taken up. */
  tints(person) {
    const found = this.answer?.get(this.page.week.data.people_ids[person]);
    if (!found) return null;
    return this.page.week.data.days.map((_, day) => (found.by.has(day) ? this.shade(found.by.get(day)) : "no"));
  }

  priceAt({ row, day }) {
    return this.answer?.get(this.page.week.data.people_ids[row.person])?.by.get(day) ?? null;
  }

  /** What a place costs, or why not, in words. */
  words(at) {
    const person = this.answer?.get(this.page.week.data.people_ids[at.row.person]);
    if (!person) return [say("board.script.grab.wait")];
    const price = person.by.get(at.day);
    if (!price) return [say("board.script.grab.no", { reason: this.reasons[person.refused[at.day]]?.text[lang] ?? "" })];
    const begins = this.startAt(at) ?? this.page.week.minutesAt(price.begins);
    return [clock(begins), price.text[lang]];
  }

  /** The moment that a drop names: chosen by keys, or by the mouse where hours are wide enough to be meant. */
  startAt({ minute, start }) {
    if (start !== undefined) return start;
    const { axis } = this.page.grid;
    if (minute === undefined || axis.count > 1 || axis.hour < ZOOMED || !this.press) return null;
    return Math.round((minute - this.press.within) / SNAP) * SNAP;
  }

  /** Show where it would go. */
  point(at, x, y) {
    this.at = at;
    const { grid, week } = this.page;
    grid.target = at;
    grid.draw();
    if (!at) { grid.tip.hide(); return; }
    const head = `${at.row.label} · ${week.speech.pick(week.data.heads[at.day])}`;
    const bounds = grid.host.getBoundingClientRect();
    const left = x ?? bounds.left + grid.axis.x(at.day * 1440) - grid.host.scrollLeft;
    const top = y ?? bounds.top + grid.top + at.row.y + at.row.h - grid.host.scrollTop;
    const lines = this.words(at);
    grid.tip.show(head, lines, left, top);
    if (x === undefined && this.answer) announce([head, ...lines].join("; "));
  }

  async put() {
    const { item, at, page } = this;
    if (!at || !this.answer) return;
    const price = this.priceAt(at), id = page.week.data.people_ids[at.row.person];
    if (!price) { announce(this.words(at).join("; ")); return; }
    const start = this.startAt(at), begins = start ?? page.week.minutesAt(price.begins);
    const where = { person: at.row.label, day: page.week.speech.pick(page.week.data.heads[dayOf(begins)]), clock: clock(begins) };
    this.end();
    if (item.person === id && item.bar?.start === begins) { announce(say("board.script.grab.same")); return; }
    const change = given(item, id, price, start === null ? undefined : page.week.momentOf(start));
    await this.drop(item, change, say("board.script.done.given", { task: page.week.nameOf(item), ...where }));
  }

  /** Keys while something is taken up. */
  key(event) {
    if (!this.active || event.isComposing || event.keyCode === 229) return;
    const act = { Escape: () => this.cancel(), Enter: () => this.put(), Home: () => this.best() }[event.key];
    if (!act && !event.key.startsWith("Arrow")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (act) act();
    else if (event.shiftKey && event.key in EARLIER) this.shift(EARLIER[event.key]);
    else this.step(event.key);
  }

  cancel() {
    if (!this.active) return false;
    this.end();
    announce(say("board.script.grab.cancelled"));
    return true;
  }

  step(key) {
    const { grid } = this.page, rows = grid.rows.filter((row) => !row.group);
    if (!rows.length || this.press) return;
    const at = this.at ?? { row: rows[0], day: grid.first };
    const down = { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0, right = { ArrowRight: 1, ArrowLeft: -1 }[key] ?? 0;
    const row = rows[Math.min(Math.max(rows.indexOf(at.row) + down, 0), rows.length - 1)];
    const day = Math.min(Math.max(at.day + right, grid.first), grid.first + grid.count - 1);
    grid.reveal(row, null);
    this.point({ row, day });
  }

  /** The same person and day, some minutes earlier or later; a crew goes together. */
  shift(minutes) {
    const { at, item, page } = this, price = at && this.priceAt(at);
    if (!price) { if (at) this.point(at); return; }
    const own = item.bar && item.bar.person === at.row.person && dayOf(item.bar.start) === at.day;
    const from = at.start ?? (own ? item.bar.start : page.week.minutesAt(price.begins));
    this.point({ ...at, start: Math.min(Math.max(from + minutes, at.day * 1440), (at.day + 1) * 1440 - SNAP) });
  }

  /** The cheapest place in sight of the view. */
  best() {
    const { grid } = this.page, found = [];
    for (const row of grid.rows) if (!row.group) for (let day = grid.first; day < grid.first + grid.count; day += 1) {
      const price = this.priceAt({ row, day });
      if (price) found.push([cost(price.score), { row, day }]);
    }
    if (!found.length) return;
    const [, at] = found.reduce((a, b) => (b[0] < a[0] ? b : a));
    grid.reveal(at.row, null);
    this.point(at);
  }

  pressed(event) {
    if (!this.page.acts.may || event.pointerType !== "mouse" || event.button !== 0 || this.active || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const found = this.page.grid.under(event);
    if (!found?.bar || found.bar.parts || found.bar.person < 0) return;
    this.press = { x: event.clientX, y: event.clientY, bar: found.bar, within: found.minute - found.bar.start, id: event.pointerId };
  }

  pulled(event) {
    const { press, page } = this, { grid } = page;
    if (!press || event.pointerId !== press.id) return;
    if (!this.active) {
      if (Math.hypot(event.clientX - press.x, event.clientY - press.y) < FAR) return;
      const item = page.week.item(page.week.idOf(press.bar));
      if (!item || page.week.data.ask[press.bar.task]) { this.press = null; return; }
      grid.host.setPointerCapture(press.id);
      grid.host.classList.add("grabbing");
      press.ghost = element("div", page.week.nameOf(item), document.body, "board-ghost");
      this.begin(item);
    }
    event.stopImmediatePropagation();
    press.ghost.style.transform = `translate(${event.clientX + 10}px, ${event.clientY - 30}px)`;
    this.scrollAtEdge(event);
    const found = grid.under(event);
    this.point(found && { row: found.row, day: found.day, minute: found.minute }, event.clientX, event.clientY);
  }

  scrollAtEdge(event) {
    const { host, top } = this.page.grid, bounds = host.getBoundingClientRect();
    if (event.clientY > bounds.bottom - EDGE) host.scrollTop += 14;
    if (event.clientY < bounds.top + top + EDGE) host.scrollTop -= 14;
    if (event.clientX > bounds.right - EDGE) host.scrollLeft += 14;
  }

  async released() {
    if (!this.press) return;
    if (!this.active) { this.press = null; return; }
    this.wasDrag = true;
    setTimeout(() => { this.wasDrag = false; });
    const at = this.at;
    if (at && !this.answer) await this.arrived();
    this.press?.ghost?.remove();
    if (at && this.active && this.priceAt(at)) await this.put();
    else this.cancel();
  }

  /** Dropped before the prices are there: they are on their way. */
  async arrived() {
    while (this.active && !this.answer) await new Promise((done) => setTimeout(done, 30));
  }
}
