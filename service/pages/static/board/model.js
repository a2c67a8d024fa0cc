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
    for (const mark of ["pinned", "changed", "hand"]) for (const number of data[mark]) this.bars[number][mark] = true;
    this.changed = new Set(data.changed.map((number) => this.bars[number].person));
    this.undone = data.undone.map(([task, missing, grave, start, end, length, slot]) =>
      ({ task, missing, grave: Boolean(grave), start, end, length, slot }));
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

  /** A piece of work by its name in an address, with its bar where somebody does it; null where it is gone. */
  item(id) {
    const cut = id.lastIndexOf("~"), task = id.slice(0, cut), slot = Number(id.slice(cut + 1));
    const number = this.data.task_ids.indexOf(task);
    if (number < 0) return null;
    const bar = this.byId(id);
    return { id, task, slot, number, bar, person: bar ? this.data.people_ids[bar.person] : null };
  }

  nameOf(item) {
    return this.speech.taskName(this.data.tasks[item.number]);
  }

  personOf(item) {
    return item.bar ? this.personName(item.bar.person) : "";
  }

  /** Minutes since the week began of a local moment as the service writes it, and back. */
  minutesAt(moment) {
    return (Date.parse(`${moment.slice(0, 16)}Z`) - Date.parse(`${this.data.start}T00:00Z`)) / 60000;
  }

  momentOf(minute) {
    return new Date(Date.parse(`${this.data.start}T00:00Z`) + minute * 60000).toISOString().slice(0, 16);
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

  /** The numbers that a view stands for: -1 for any; kinds: positions of those of this id. */
  asked(view) {
    const { data } = this;
    const kinds = data.kind_ids.flatMap((id, n) => (id === view.kind ? [n] : []));
    return {
      role: data.role_ids.indexOf(view.role),
      area: data.area_ids.indexOf(view.area),
      kinds: view.kind === "" ? null : new Set(kinds),
      first: view.day === "" ? 0 : Math.min(Math.max(Number(view.day) - 1 || 0, 0), data.days.length - 1),
      count: view.day === "" ? Math.min(7, data.days.length) : 1,
    };
  }
}
