// The report's map: a day and a person to choose, their route, and the same as a list.
const routesOfReport = (host, week) => {
  const { data } = week, { pick, say, duration, taskName, placeName } = week.speech;
  const part = (name) => host.querySelector(`#map-${name}`);
  const map = new Basemap(part("figure"), { metres: data.metres, names: data.names });
  const list = part("list"), daySelect = part("day"), personSelect = part("person");
  const busy = data.days.map((_, day) => week.bars.some((bar) => dayOf(bar.start) === day));
  const state = { day: Math.max(0, busy.indexOf(true)), person: -1 };

  const spot = (place) => (place >= 0 && data.places[place][1] !== null ? data.places[place].slice(1, 3) : null);
  const barsOf = (person, day) => week.byPerson[person].filter((bar) => !bar.way && dayOf(bar.start) === day);
  const wayHome = (person, day) => week.byPerson[person].filter((bar) => bar.way && dayOf(bar.start) === day);
  const route = (person, day) => {
    const bars = barsOf(person, day);
    if (!bars.length) return [];
    const [, , , start, end] = data.people[person];
    return [spot(start), ...bars.map((bar) => spot(bar.place)), spot(end)].filter(Boolean);
  };

  const draw = () => {
    list.replaceChildren();
    if (state.person < 0) drawAll();
    else drawOne();
  };

  const drawAll = () => {
    drawEverybody(map, data.people.map((_, person) => [person, route(person, state.day)]));
    map.show(map.whole);
    element("h3", pick(data.days[state.day]), list);
    const table = element("table", undefined, list);
    const head = element("tr", undefined, element("thead", undefined, table));
    for (const [n, key] of ["role", "people", "stops", "travel_time"].entries()) element("th", say(key), head, n ? "n" : "");
    const body = element("tbody", undefined, table);
    data.roles.forEach((role, number) => {
      const people = data.people.map((_, p) => p).filter((p) => data.people[p][1] === number && barsOf(p, state.day).length);
      if (!people.length) return;
      const row = element("tr", undefined, body);
      const count = people.reduce((sum, p) => sum + barsOf(p, state.day).length, 0);
      const travel = people.reduce((sum, p) => sum + [...barsOf(p, state.day), ...wayHome(p, state.day)].reduce((total, bar) => total + bar.travel, 0), 0);
      element("td", pick(role), row);
      element("td", people.length, row, "n");
      element("td", count, row, "n");
      element("td", duration(travel), row, "n");
    });
    if (!body.children.length) element("p", say("nobody"), list);
  };

  const drawOne = () => {
    const line = route(state.person, state.day), bars = barsOf(state.person, state.day);
    const [, , , start, end] = data.people[state.person];
    element("h3", `${week.personName(state.person)} · ${pick(data.days[state.day])}`, list);
    if (!bars.length) { map.clear(); element("p", say("no_work"), list); map.show(map.whole); return; }
    const stops = bars.map((bar, n) => ({ bar, number: n + 1 })).filter(({ bar }) => spot(bar.place)).map(({ bar, number }) => {
      const place = data.places[bar.place];
      return { at: spot(bar.place), around: Boolean(place[3]), number, title: `${number} ${placeName(place)}` };
    });
    const bases = [...new Set([start, end])].map(spot).filter(Boolean);
    drawRoutes(map, [{ look: 0, letter: "", bases, line, stops }]);
    if (line.length) map.around(line);
    const items = element("ol", undefined, list);
    bars.forEach((bar, n) => {
      const item = element("li", undefined, items);
      element("b", n + 1, item);
      const words = element("div", undefined, item);
      element("span", `${clock(bar.start)}–${clock(bar.end)} ${taskName(data.tasks[bar.task])}`, words);
      element("small", `${placeName(data.places[bar.place])}${bar.travel ? ` · ${say("travel", { time: duration(bar.travel) })}` : ""}`, words);
    });
  };

  const fill = () => {
    daySelect.replaceChildren();
    data.days.forEach((day, n) => { element("option", pick(day), daySelect).value = n; });
    daySelect.value = state.day;
    personSelect.replaceChildren();
    element("option", say("everybody"), personSelect).value = -1;
    data.roles.forEach((role, number) => {
      const group = element("optgroup", undefined, personSelect);
      group.label = pick(role);
      data.people.forEach((person, p) => { if (person[1] === number && week.byPerson[p].length) element("option", week.personName(p), group).value = p; });
      if (!group.children.length) group.remove();
    });
    personSelect.value = state.person;
    draw();
  };
  daySelect.addEventListener("change", () => { state.day = Number(daySelect.value); draw(); });
  personSelect.addEventListener("change", () => { state.person = Number(personSelect.value); draw(); });
  return fill;
};
