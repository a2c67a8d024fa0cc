// The week's arrays (scheduler/drawings/board.py), indexed: who does what, with whom, and where work is drawn.
import { clock, dayOf, lastDay, MINUTES } from "./moments.js";

const CHIP_MOST = 14, NOON = 12.5 * 60;

/** One bar a part of the roster: in pixels it is as long as its minutes; `parts` are those of a chip. */
const barOf = (data, [person, task, start, end, place, travel], number) => {
  if (task < 0) return { number, person, task, start, end, place, travel, way: true };
  const [, kind] = data.tasks[task];
  const [, mark, colour, shift] = data.kinds[kind];
  return { number, person, task, start, end, place, travel, kind, mark, colour, square: Boolean(shift), lane: 0 };
};

export class Week {
  constructor(data, speech) {
    this.data = data;
    this.speech = speech;
    this.bars = data.bars.map((bar, number) => barOf(data, bar, number));
    this.byPerson = data.people.map(() => []);
    this.byTask = new Map();
    for (const bar of this.bars) {
      this.byPerson[bar.person].push(bar);
      if (bar.way) continue;
      if (!this.byTask.has(bar.task)) this.byTask.set(bar.task, []);
      this.byTask.get(bar.task).push(bar);
    }
    for (const bars of this.byPerson) bars.sort((a, b) => a.start - b.start);
    this.rests = new Map();
    for (const [person, start, end] of data.rests) {
      if (!this.rests.has(person)) this.rests.set(person, []);
      this.rests.get(person).push({ start, end });
    }
  }

  /** When what began at a moment ends, beside that: 10:00, 24:00, next day 06:00, or with the day. */
  until(start, end) {
    const later = lastDay(start, end) - dayOf(start), day = this.data.days[lastDay(start, end)];
    const told = end % MINUTES ? clock(end) : "24:00";
    if (!later) return told;
    return later === 1 || !day ? this.speech.say("next_day", { clock: told }) : `${this.speech.pick(day)} ${told}`;
  }

  /** From when to when: 09:00–10:00, 22:00–next day 06:00. */
  span({ start, end }) {
    return `${clock(start)}–${this.until(start, end)}`;
  }

  name(bar) {
    const { speech, data } = this;
    if (bar.parts) return speech.say("chip", { count: bar.parts.length });
    return speech.taskName(data.tasks[bar.task]);
  }

  /** A person's name, told apart from others of the same name. */
  personName(person) {
    return this.speech.pick(this.data.people[person][0]);
  }

  /** What a bar's box says beneath its name. */
  lines(bar) {
    const { speech, data } = this;
    const { say, pick } = speech;
    const when = `${pick(data.days[Math.max(0, dayOf(bar.start))])} ${this.span(bar)}`;
    if (bar.parts) return [when, this.personName(bar.person), ...bar.parts.map((part) => this.line(part))];
    const record = data.tasks[bar.task];
    const found = [when, `${pick(data.kinds[record[1]][0])} · ${speech.placeName(data.places[bar.place])}`];
    if (bar.person >= 0) found.push(this.personName(bar.person));
    const others = (this.byTask.get(bar.task) || []).filter((one) => one.person !== bar.person);
    if (others.length && record[0] !== 0) {
      const some = others.slice(0, 6).map((one) => this.personName(one.person)).join(say("comma"));
      found.push(say("with", { people: others.length > 6 ? `${some}…` : some }));
    }
    if (record[4] < record[3]) found.push(say("lacks", { missing: record[3] - record[4] }));
    found.push(say("priority", { priority: record[2] }));
    if (bar.travel) found.push(say("travel", { time: speech.duration(bar.travel) }));
    return found;
  }

  line(bar) {
    return `${this.span(bar)} ${this.name(bar)}`;
  }
}

/** Bars of a row with the short visits of a half-day as one chip. wide(bar): its pixels. */
export const chips = (bars, wide) => {
  const found = [];
  let group = [];
  const flush = () => {
    if (group.length > 1) found.push(chip(group));
    else found.push(...group);
    group = [];
  };
  const half = (bar) => 2 * dayOf(bar.start) + (bar.start % 1440 >= NOON ? 1 : 0);
  for (const bar of bars) {
    if (bar.way) { found.push(bar); continue; }
    const short = !bar.square && wide(bar) < CHIP_MOST;
    if (!short || (group.length && half(group[0]) !== half(bar))) flush();
    if (short) group.push(bar);
    else found.push(bar);
  }
  flush();
  return found;
};

const chip = (parts) => {
  const counts = new Map();
  for (const part of parts) counts.set(part.kind, (counts.get(part.kind) || 0) + 1);
  const [kind] = [...counts].sort((a, b) => b[1] - a[1])[0];
  const main = parts.find((part) => part.kind === kind);
  const [first] = parts, last = parts[parts.length - 1];
  return {
    ...main, start: first.start, end: last.end, travel: first.travel, parts,
    changed: parts.some((part) => part.changed), mixed: counts.size > 1,
    pinned: parts.some((part) => part.pinned), hand: parts.some((part) => part.hand),
  };
};

/** Gives each bar a lane, so that those at the same time stand below each other; how many there are. */
export const stacked = (bars) => {
  const ends = [];
  for (const bar of [...bars].sort((a, b) => a.start - b.start)) {
    const free = ends.findIndex((end) => end <= bar.start);
    bar.lane = free < 0 ? ends.length : free;
    ends[bar.lane] = bar.end;
  }
  return Math.max(1, ends.length);
};
