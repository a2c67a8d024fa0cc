// Routes of a day on a basemap: everybody's as fine lines, those of a few with numbered stops; work that nobody does hollow.
const ASIDE = 22, NEAR = 26;

const path = (points) => points.map(([x, y], n) => `${n ? "L" : "M"}${x} ${y}`).join("");

/** Numbers of stops at one spot in short: 1–3, or 2+ where others are between. */
const short = (numbers) => {
  const [first] = numbers, last = numbers[numbers.length - 1];
  if (first === last) return String(first);
  return last - first === numbers.length - 1 ? `${first}–${last}` : `${first}+`;
};

/** Everybody's routes: [id, points] each. */
export const drawEverybody = (map, routes) => {
  map.clear();
  for (const [id, points] of routes) if (points.length > 1) map.shape("path", { class: "routes", "data-id": id, d: path(points) }, map.layer("routes"));
};

/**
 * The routes of a few: { look, letter, bases, line, stops }. bases, line: points [x, y]; letter: before its numbers, "";
 * stops: { at: point, around: only the area is known, number, id, title }.
 */
export const drawRoutes = (map, routes) => {
  map.clear();
  const asides = new Map();
  for (const { line, look } of routes) map.shape("path", { class: `route r${look}`, d: path(line) }, map.layer("routes"));
  for (const { bases, look } of routes) for (const at of bases) map.shape("rect", { class: `base r${look}`, x: -6, y: -6, width: 12, height: 12 }, map.mark(at, {}));
  for (const { stops, look, letter } of routes) {
    const spots = new Map();
    for (const stop of stops) {
      const key = String(stop.at);
      if (!spots.has(key)) spots.set(key, []);
      spots.get(key).push(stop);
    }
    for (const [key, here] of spots) {
      const [{ at, around, id }] = here, aside = asides.get(key) ?? 0;
      asides.set(key, aside + ASIDE);
      const mark = map.mark(at, { class: `stop r${look}${around ? " around" : ""}`, "data-id": id }, aside);
      map.shape("title", {}, mark, here.map((stop) => stop.title).join("\n"));
      const label = letter + short(here.map((stop) => stop.number));
      const width = Math.max(22, 8 + 7.5 * label.length);
      map.shape("rect", { x: -width / 2, y: -11, width, height: 22, rx: 11 }, mark);
      map.shape("text", { y: 4 }, mark, label);
    }
  }
  return asides;
};

/** Marks that would touch on the screen as one: { at, here }; unit: of the map in pixels. */
const gathered = (undone, unit) => {
  const groups = [];
  for (const one of undone) {
    const near = groups.find(({ at }) => Math.hypot(at[0] - one.at[0], at[1] - one.at[1]) < NEAR * unit);
    if (near) near.here.push(one);
    else groups.push({ at: one.at, here: [one] });
  }
  return groups;
};

/** Work that nobody does: { at, around, id, title }; asides: of `drawRoutes`, where there are stops already. */
export const drawUndone = (map, undone, asides = new Map()) => {
  map.rescaled = () => {
    map.layer("undone").replaceChildren();
    for (const { at, here } of gathered(undone, map.unit)) {
      const look = `missed${here.every(({ around }) => around) ? " around" : ""}`, ids = here.map(({ id }) => id).join(" ");
      const mark = map.mark(at, { class: look, "data-id": ids }, asides.get(String(at)) ?? 0, "undone");
      map.shape("title", {}, mark, here.map(({ title }) => title).join("\n"));
      map.shape("path", { d: "M0-11L11 0L0 11L-11 0Z" }, mark);
      if (here.length > 1) map.shape("text", { y: 4 }, mark, String(here.length));
    }
  };
  map.rescaled();
};
