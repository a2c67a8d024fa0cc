// Routes of a day over the places' own geometry: everybody's as fine lines, one person's with numbers.
import { clock, dayOf } from "./moments.js";
import { element } from "./speech.js";

/** Draws in the parts of `host`, named as in the report's map.html; gives what draws anew in another language. */
export const routeMap = (host, week) => {
  const { data } = week, { pick, say, duration, taskName, placeName } = week.speech;
  const part = (name) => host.querySelector(`#map-${name}`);
  const svg = part("svg");
  const routes = part("routes"), stops = part("stops");
  const list = part("list");
  const daySelect = part("day"), personSelect = part("person");
  const scaleText = part("scale");
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  const busy = data.days.map((_, day) => week.bars.some((bar) => dayOf(bar.start) === day));
  const state = { day: Math.max(0, busy.indexOf(true)), person: -1, box: [...whole] };

  const shape = (name, attributes, parent, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    parent.append(made);
    return made;
  };
  const spot = (place) => (place >= 0 && data.places[place][1] !== null ? data.places[place] : null);
  const barsOf = (person, day) => week.byPerson[person].filter((bar) => !bar.way && dayOf(bar.start) === day);
  const wayHome = (person, day) => week.byPerson[person].filter((bar) => bar.way && dayOf(bar.start) === day);
  const route = (person, day) => {
    const bars = barsOf(person, day);
    if (!bars.length) return [];
    const [, , , start, end] = data.people[person];
    return [spot(start), ...bars.map((bar) => spot(bar.place)), spot(end)].filter(Boolean);
  };
  const path = (points) => points.map((point, n) => `${n ? "L" : "M"}${point[1]} ${point[2]}`).join("");

  const setBox = (box) => {
    state.box = box;
    svg.setAttribute("viewBox", box.join(" "));
    const unit = box[2] / (svg.clientWidth || 1000);
    svg.style.setProperty("--u", unit);
    for (const one of stops.querySelectorAll("[data-r]")) one.setAttribute("r", one.dataset.r * unit);
    for (const one of stops.querySelectorAll("text")) { one.style.fontSize = `${11 * unit}px`; one.setAttribute("dy", 4 * unit); }
    const metres = data.metres * unit * 150;
    const digits = 10 ** Math.floor(Math.log10(metres));
    const round = [5, 2, 1].map((digit) => digit * digits).find((length) => length <= metres);
    scaleText.textContent = round >= 1000 ? `${round / 1000} km` : `${round} m`;
    scaleText.style.width = `${round / data.metres / unit}px`;
  };
  const zoom = (factor) => {
    const [left, top, wide, tall] = state.box;
    const next = Math.min(whole[2], Math.max(whole[2] / 24, wide * factor));
    if (next >= whole[2]) { setBox([...whole]); return; }
    const ratio = next / wide;
    setBox([left + (wide - next) / 2, top + (tall - tall * ratio) / 2, next, tall * ratio]);
  };
  const around = (points) => {
    const xs = points.map((point) => point[1]), ys = points.map((point) => point[2]);
    const ratio = whole[3] / whole[2];
    const wide = Math.min(whole[2], Math.max(Math.max(...xs) - Math.min(...xs), (Math.max(...ys) - Math.min(...ys)) / ratio, whole[2] / 14) * 1.35);
    const middle = [(Math.max(...xs) + Math.min(...xs)) / 2, (Math.max(...ys) + Math.min(...ys)) / 2];
    setBox(wide >= whole[2] ? [...whole] : [middle[0] - wide / 2, middle[1] - (wide * ratio) / 2, wide, wide * ratio]);
  };

  const draw = () => {
    routes.replaceChildren();
    stops.replaceChildren();
    list.replaceChildren();
    if (state.person < 0) drawAll();
    else drawOne();
  };

  const drawAll = () => {
    const routesOf = data.people.map((_, person) => route(person, state.day)).filter((points) => points.length > 1);
    shape("path", { class: "routes", d: routesOf.map(path).join("") }, routes);
    setBox([...whole]);
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
    const points = route(state.person, state.day), bars = barsOf(state.person, state.day);
    element("h3", `${data.people[state.person][0]} · ${pick(data.days[state.day])}`, list);
    if (!bars.length) { element("p", say("no_work"), list); setBox([...whole]); return; }
    shape("path", { class: "route", d: path(points) }, routes);
    const [, , , start, end] = data.people[state.person];
    for (const base of new Set([start, end])) {
      const where = spot(base);
      if (where) shape("circle", { class: "stop base", cx: where[1], cy: where[2], "data-r": 6 }, stops);
    }
    const seen = new Map();
    bars.forEach((bar, n) => {
      const where = spot(bar.place);
      if (!where) return;
      const key = `${where[1]},${where[2]}`;
      if (!seen.has(key)) seen.set(key, { where, numbers: [] });
      seen.get(key).numbers.push(n + 1);
    });
    for (const { where, numbers } of seen.values()) {
      const kind = where[3] ? "around" : "";
      const [first] = numbers, last = numbers[numbers.length - 1];
      const label = first === last ? String(first) : last - first === numbers.length - 1 ? `${first}–${last}` : `${first}+`;
      const circle = shape("circle", { class: `stop ${kind}`, cx: where[1], cy: where[2], "data-r": where[3] ? 15 : 11 }, stops);
      shape("title", {}, circle, `${numbers.join(say("comma"))} ${placeName(where)}`);
      shape("text", { class: `stop-text ${kind}`, x: where[1], y: where[2] }, stops, label);
    }
    if (points.length) around(points);
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
      data.people.forEach((person, p) => { if (person[1] === number && week.byPerson[p].length) element("option", person[0], group).value = p; });
      if (!group.children.length) group.remove();
    });
    personSelect.value = state.person;
    draw();
  };
  daySelect.addEventListener("change", () => { state.day = Number(daySelect.value); draw(); });
  personSelect.addEventListener("change", () => { state.person = Number(personSelect.value); draw(); });
  part("in").addEventListener("click", () => zoom(1 / 1.5));
  part("out").addEventListener("click", () => zoom(1.5));
  part("all").addEventListener("click", () => setBox([...whole]));

  let grip = null;
  svg.addEventListener("pointerdown", (event) => {
    if (state.box[2] >= whole[2]) return;
    grip = { x: event.clientX, y: event.clientY, box: [...state.box] };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!grip) return;
    const unit = grip.box[2] / svg.clientWidth;
    const left = grip.box[0] - (event.clientX - grip.x) * unit, top = grip.box[1] - (event.clientY - grip.y) * unit;
    setBox([Math.min(Math.max(left, 0), whole[2] - grip.box[2]), Math.min(Math.max(top, 0), whole[3] - grip.box[3]), grip.box[2], grip.box[3]]);
  });
  for (const name of ["pointerup", "pointercancel"]) svg.addEventListener(name, () => { grip = null; });
  new ResizeObserver(() => setBox(state.box)).observe(svg);
  return fill;
};
