// The board's answer as the page uses it: duties by name of their parts, marks on bars, and what filters ask.
import { dayOf, MINUTES } from "../drawings/moments.js";
import { Week } from "../drawings/week.js";

const FREE = 120;

export class BoardWeek extends Week {
  constructor(data, speech) {
    super(data, speech);
    data.duties = data.duties.map(([task, place, start, end, minimum, target, filled, roles]) =>
      ({ task, place, start, end, minimum, target, filled, roles }));
    data.bars.forEach((bar, number) => { this.bars[number].slot = bar[6]; });
    for (const mark of ["pinned", "changed"]) for (const number of data[mark]) this.bars[number][mark] = true;
    this.changed = new Set(data.changed.map((number) => this.bars[number].person));
    this.undone = data.undone.map(([task, missing, grave, start, end, length]) =>
      ({ task, missing, grave: Boolean(grave), start, end, length }));
  }

  lines(bar) {
    const found = super.lines(bar), asked = bar.parts ? undefined : this.data.ask[bar.task];
    if (asked) found.push(this.speech.ask(asked));
    return found;
  }

  /** What names a bar in an address. */
  idOf(bar) {
    return bar.way || bar.task === undefined ? "" : `${this.data.task_ids[bar.task]}~${bar.slot ?? 0}`;
  }

  byId(id) {
    return this.bars.find((bar) => !bar.way && this.idOf(bar) === id) ?? null;
  }

  /** Minutes of work, and on the way to it. */
  load(person) {
    return this.byPerson[person].reduce((sum, bar) => sum + (bar.way ? 0 : bar.end - bar.start), 0);
  }

  /** Whether somebody is there in these days for two hours more than there is work. */
  isFree(person, first, count) {
    const from = first * MINUTES, to = (first + count) * MINUTES;
    const within = (start, end) => Math.max(0, Math.min(end, to) - Math.max(start, from));
    let free = 0;
    const { present, leave } = this.data;
    for (let n = 0; n < present[person].length; n += 2) free += within(present[person][n], present[person][n + 1]);
    for (let n = 0; n < leave[person].length; n += 2) free -= within(leave[person][n], leave[person][n + 1]);
    for (const bar of this.byPerson[person]) free -= within(bar.way ? bar.start : bar.start - bar.travel, bar.end);
    return free >= FREE;
  }

  /** Who is there of those wanted on a day, and how many duties lack their least number. role: -1: any. */
  coverage(day, role) {
    let filled = 0, wanted = 0, short = 0;
    for (const duty of this.data.duties) {
      if (dayOf(duty.start) !== day || (role >= 0 && !duty.roles.includes(role))) continue;
      filled += Math.min(duty.filled, duty.target);
      wanted += duty.target;
      if (duty.filled < duty.minimum) short += 1;
    }
    return { filled, wanted, short };
  }

  /** The numbers that a view stands for: -1 for any; kind: positions of kinds of this name. */
  asked(view) {
    const { data, speech } = this;
    const kinds = data.kinds.flatMap((kind, n) => (speech.pick(kind[0]) === view.kind ? [n] : []));
    return {
      role: data.roles.findIndex((role) => speech.pick(role) === view.role),
      area: data.areas.indexOf(view.area),
      kinds: view.kind === "" ? null : new Set(kinds),
      first: view.day === "" ? 0 : Math.min(Math.max(Number(view.day) - 1 || 0, 0), data.days.length - 1),
      count: view.day === "" ? Math.min(7, data.days.length) : 1,
    };
  }
}
