// Rows of a board: people by role, or places with what is on duty there.
import { stacked } from "./week.js";

const GROUP = 30, LANE = 22;

const fits = (people, view) => (p) =>
  (view.role < 0 || people[p][1] === view.role) && (view.area < 0 || people[p][2] === view.area || people[p][2] < 0);

/** view: role and area (-1: any), keeps(person): other filters; row: a row's height. */
export const peopleRows = (week, view, row) => {
  const { data, speech } = week, rows = [], fit = fits(data.people, view);
  data.roles.forEach((role, number) => {
    const people = data.people.map((_, p) => p)
      .filter((p) => data.people[p][1] === number && fit(p) && (!view.keeps || view.keeps(p)));
    if (!people.length) return;
    rows.push({ group: true, key: `r${number}`, label: speech.pick(role), note: String(people.length), h: GROUP });
    for (const person of people)
      rows.push({
        key: `p${person}`, person, label: week.personName(person), h: row, lanes: 1,
        bars: week.byPerson[person].filter((bar) => !view.shows || view.shows(bar)),
        rests: week.rests.get(person), present: data.present[person], leave: data.leave[person],
      });
  });
  return placed(rows);
};

/** duties: from the data, [task, place, start, end, minimum, target, filled]; one bar each. */
export const dutyRows = (week, view) => {
  const { data, speech } = week, byPlace = new Map();
  for (const duty of data.duties) {
    if (view.duty && !view.duty(duty)) continue;
    if (!byPlace.has(duty.place)) byPlace.set(duty.place, []);
    byPlace.get(duty.place).push(duty);
  }
  const rows = [];
  for (const [place, duties] of byPlace) {
    const bars = duties.map((duty) => dutyBar(week, duty));
    const lanes = stacked(bars);
    const [filled, wanted] = [duties.reduce((sum, one) => sum + Math.min(one.filled, one.target), 0), duties.reduce((sum, one) => sum + one.target, 0)];
    const short = duties.filter((one) => one.filled < one.minimum).length;
    rows.push({
      key: `l${place}`, place, label: speech.placeName(data.places[place]), note: `${filled}/${wanted}`,
      state: short ? "short" : filled < wanted ? "under" : "full", h: Math.max(30, lanes * LANE + 6), lanes, bars,
    });
  }
  return placed(rows);
};

const dutyBar = (week, duty) => {
  const [, kind] = week.data.tasks[duty.task];
  const [, mark, colour] = week.data.kinds[kind];
  const state = duty.filled === 0 ? "○" : duty.filled < duty.minimum ? "◔" : duty.filled < duty.target ? "◑" : "";
  return {
    number: -1 - duty.task, person: -1, task: duty.task, start: duty.start, end: duty.end, place: duty.place, travel: 0,
    kind, colour, square: true, mark: mark, missing: duty.filled < duty.minimum, lane: 0,
    label: `${state}${duty.filled}/${duty.target} ${week.speech.taskName(week.data.tasks[duty.task])}`,
  };
};

const placed = (rows) => {
  let y = 0;
  rows.forEach((row, n) => { row.y = y; row.index = n; y += row.h; });
  return rows;
};
