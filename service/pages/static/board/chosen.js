// What is chosen, and everything one can do with it: verbs, candidates, several at once, and rules in the way.
import { get } from "../api.js";
import { announce, tellFault } from "../band.js";
import { clock, dayOf } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { lang, say } from "../words.js";
import { given } from "./acts.js";
import { fillCandidates } from "./candidates.js";
import { fillBroken, fillOne, fillSeveral } from "./side.js";

export class Chosen {
  /** page: the board's. */
  constructor(page, host) {
    Object.assign(this, { page, host, swapping: null, shown: "" });
  }

  get items() { return this.page.chosen(); }

  /** The only one, or null. */
  get one() { return this.items.length === 1 ? this.items[0] : null; }

  /** Show what is chosen, unless it is there already. */
  show() {
    const { page, host, items } = this, close = () => page.change({ sel: "" });
    const shown = `${page.acts.revision} ${page.view.sel}`;
    if (shown === this.shown) return;
    this.shown = shown;
    if (items.length === 1) { this.showOne(items[0], close); return; }
    fillSeveral(host, page.week, items, {
      close,
      open: (item) => page.change({ sel: item.id }),
      people: page.week.data.people_ids.map((id, n) => [id, page.week.personName(n)]),
      all: page.acts.may ? { give: (person) => this.giveAll(person), pin: () => this.pinAll(), takeOff: () => this.takeOff() } : null,
    });
  }

  hide() { this.shown = ""; }

  showOne(item, close) {
    const { page, host } = this, { week } = page, { bar } = item;
    if (bar && week.data.ask[bar.task]) { fillOne(host, week, item, { close, acts: [] }); return; }
    const day = bar ? page.dayOf(bar.person, dayOf(bar.start)) : [];
    const wholeDay = day.length > 1 ? [[say("board.script.whole_day", { count: day.length }), () => page.change({ sel: day.join(",") }), "act-day"]] : [];
    if (!page.acts.may) {
      const { why } = fillOne(host, week, item, { close, acts: wholeDay });
      if (bar) this.tellWhy(item, why).catch((error) => tellFault(error, { again: () => this.showAgain() }));
      return;
    }
    const acts = bar
      ? [
          [say(bar.pinned ? "board.script.unpin" : "board.script.pin"), () => this.pin(item), "act-pin"],
          [say("board.script.swap"), () => this.beginSwap(item), "act-swap"],
          [say("board.script.take_off"), () => this.takeOff(), "act-off"],
          [say("board.script.grab.begin"), () => page.take(item), "act-grab"],
        ]
      : [[say("board.script.grab.begin"), () => page.take(item), "act-grab"]];
    const parts = fillOne(host, week, item, { close, acts: [...acts, ...wholeDay] });
    this.fill(item, parts).catch((error) => { parts.who.replaceChildren(); tellFault(error, { again: () => this.showAgain() }); });
  }

  showAgain() { this.hide(); this.page.side(); }

  async fill(item, { why, who }) {
    const { page, shown } = this;
    element("p", say("board.script.asking"), who, "hint asking");
    const answer = await this.ask(item, "candidates", "&limit=200");
    if (this.shown !== shown) return;
    who.replaceChildren();
    fillCandidates(who, page.week, answer, {
      holder: item.person,
      verb: say(item.bar ? "board.script.give" : "board.script.assign"),
      take: (one) => this.give(item, one.person, one.name[lang], one.price),
      bend: (one) => this.bend(item, one),
    });
    if (item.bar) await this.tellWhy(item, why);
  }

  ask(item, what, more = "") {
    const { path, revision } = this.page.acts;
    return get(`${path}/tasks/${item.task.split("/").map(encodeURIComponent).join("/")}/${what}?slot=${item.slot}&revision=${revision}${more}`);
  }

  async tellWhy(item, why) {
    const { shown } = this, reason = await this.ask(item, "why");
    if (this.shown !== shown) return;
    const details = element("details", undefined, why);
    element("summary", say("board.script.why"), details);
    element("p", reason.text[lang], details);
    for (const other of reason.alternatives) element("p", other.text[lang], details, "hint");
  }

  give(item, person, name, price) {
    const { week } = this.page, begins = week.minutesAt(price.begins);
    const where = { person: name, day: week.speech.pick(week.data.heads[dayOf(begins)]), clock: clock(begins) };
    return this.place(item, given(item, person, price), say("board.script.done.given", { task: week.nameOf(item), ...where }));
  }

  /** Give it to somebody who cannot: the service says which rule is in the way. */
  bend(item, one) {
    const words = say("board.script.done.bent", { task: this.page.week.nameOf(item), person: one.name[lang] });
    return this.place(item, { kind: "assign", task: item.task, slot: item.slot, person: one.person }, words);
  }

  /** Send a change of one piece of work; it stays chosen where it then is. */
  place(item, change, words) {
    return this.page.acts.send([change], words);
  }

  pin(item) {
    const { bar } = item, kind = bar.pinned ? "unpin" : "pin";
    return this.page.acts.send([{ kind, task: item.task, person: item.person }], say(`board.script.done.${kind}`, { task: this.page.week.nameOf(item) }));
  }

  pinAll() {
    const held = this.items.filter((item) => item.bar && !item.bar.pinned);
    if (!held.length) return false;
    return this.page.acts.send(held.map(({ task, person }) => ({ kind: "pin", task, person })), say("board.script.done.pin_all", { count: held.length }));
  }

  takeOff() {
    const held = this.items.filter((item) => item.bar), { week } = this.page;
    if (!held.length) return false;
    const changes = held.map(({ task, person }) => ({ kind: "unassign", task, person }));
    const [first] = held;
    const words = held.length > 1
      ? say("board.script.done.off_all", { count: held.length })
      : say("board.script.done.off", { task: week.nameOf(first), person: week.personOf(first) });
    return this.page.acts.send(changes, words);
  }

  giveAll(person) {
    const { week } = this.page, name = week.personName(week.data.people_ids.indexOf(person));
    const others = this.items.filter((item) => item.bar && item.person !== person);
    if (!others.length) { announce(say("board.script.all.theirs", { person: name })); return false; }
    const changes = others.map(({ task, slot }) => ({ kind: "assign", task, slot, person }));
    return this.page.acts.send(changes, say("board.script.done.all", { count: changes.length, person: name }));
  }

  beginSwap(item) {
    if (!item?.bar) return false;
    this.swapping = item;
    this.page.grid.host.classList.add("picking");
    announce(say("board.script.swap_with", { task: this.page.week.nameOf(item) }));
    const hint = document.createElement("p");
    hint.className = "swap-hint";
    hint.textContent = say("board.script.swap_with", { task: this.page.week.nameOf(item) });
    this.host.querySelector(".swap-hint")?.remove();
    this.host.querySelector("header").after(hint);
    if (this.host.contains(document.activeElement)) this.page.grid.host.focus({ preventScroll: true });
    return true;
  }

  endSwap() {
    if (!this.swapping) return false;
    this.swapping = null;
    this.page.grid.host.classList.remove("picking");
    this.host.querySelector(".swap-hint")?.remove();
    return true;
  }

  /** The other one of a swap was pointed at. */
  swapWith(other) {
    const first = this.swapping, { week } = this.page;
    this.endSwap();
    if (!other?.bar || other.person === first.person) { announce(say("board.script.swap_other")); return false; }
    const change = { kind: "swap", first: first.person, second: other.person, task: first.task, other: other.task };
    const words = say("board.script.done.swap", { first: `${week.personOf(first)} ${week.nameOf(first)}`, second: `${week.personOf(other)} ${week.nameOf(other)}` });
    return this.page.acts.send([change], words);
  }

  /** A rule is in the way: which, and whether a reason lets it through. */
  broken(problems, again) {
    this.shown = "";
    fillBroken(this.host, problems, { close: () => { this.hide(); this.page.side(); }, again });
    this.host.scrollTop = 0;
  }
}
