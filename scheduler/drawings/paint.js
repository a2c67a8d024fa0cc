// Bars, presence and hours on a canvas. A scene: axis, colours, chosen (numbers of bars), pick and name (words).
export const FONT = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif';
/** Signs before a bar's mark; every font has them. */
export const PINNED = "◆", BY_HAND = "※";
const TEXTURED = 14, NAMED = 52;

const box = (pen, scene, start, end, y, h, fill) => {
  const left = scene.axis.x(start), right = scene.axis.x(end);
  if (right <= left) return;
  pen.fillStyle = fill;
  pen.fillRect(left, y, right - left, h);
};

/** Ground of a row: when its person is there, on leave, and what a target would cost. */
export const paintGround = (pen, scene, row, y) => {
  const { axis, colours } = scene;
  const left = axis.left;
  pen.fillStyle = row.present ? colours.off : colours.inside;
  pen.fillRect(left, y, axis.width, row.h);
  const spans = (list, fill) => {
    for (let n = 0; n < list.length; n += 2)
      if (axis.shows(list[n], list[n + 1])) box(pen, scene, list[n], list[n + 1], y, row.h, fill);
  };
  if (row.present) spans(row.present, colours.inside);
  if (row.leave) spans(row.leave, colours.away);
  (row.tints || []).forEach((tint, day) => {
    if (!tint || day < axis.first || day >= axis.first + axis.count) return;
    pen.fillStyle = colours.tints[tint];
    pen.fillRect(left + (day - axis.first) * axis.day, y, axis.day, row.h);
  });
  pen.fillStyle = colours.line;
  pen.fillRect(left, y + row.h - 1, axis.width, 1);
};

/** Rules of hours and days from y on. */
export const paintHours = (pen, scene, y, h) => {
  const { axis, colours } = scene, hours = axis.hours(15);
  for (let day = axis.first; day < axis.first + axis.count; day += 1) {
    pen.fillStyle = colours.line;
    pen.globalAlpha = 0.5;
    for (const hour of hours) if (hour) pen.fillRect(Math.round(axis.x(day * 1440 + hour * 60)), y, 1, h);
    pen.globalAlpha = 1;
    pen.fillStyle = colours.soft;
    pen.fillRect(Math.round(axis.left + (day - axis.first) * axis.day), y, 1, h);
  }
};

const paintRest = (pen, scene, rest, y, h) => {
  const { axis, colours } = scene;
  box(pen, scene, rest.start, rest.end, y + 6, h - 13, colours.rest);
  pen.strokeStyle = colours.accent;
  pen.setLineDash([2, 2]);
  pen.strokeRect(axis.x(rest.start) + 0.5, y + 6.5, Math.max(1, axis.x(rest.end) - axis.x(rest.start) - 1), h - 14);
  pen.setLineDash([]);
};

const paintTravel = (pen, scene, from, to, middle) => {
  pen.fillStyle = scene.colours.travel;
  const left = scene.axis.x(from);
  pen.fillRect(left, middle - 0.5, scene.axis.x(to) - left, 1.5);
};

const shape = (pen, bar, left, top, wide, tall) => {
  pen.beginPath();
  if (bar.square) pen.rect(left, top, wide, tall);
  else pen.roundRect(left, top, wide, tall, Math.min(4, wide / 2));
};

const paintBar = (pen, scene, bar, y, h) => {
  const { axis, colours } = scene;
  if (bar.travel && !bar.way) paintTravel(pen, scene, bar.start - bar.travel, bar.start, y + h / 2 - 0.5);
  if (bar.way) { paintTravel(pen, scene, bar.start, bar.end, y + h / 2 - 0.5); return; }
  const left = axis.x(bar.start), wide = Math.max(2.5, axis.x(bar.end) - left - 1);
  const top = y + (bar.square ? 3 : 4), tall = h - (bar.square ? 7 : 9);
  const [fill, ink] = colours.kinds[bar.colour];
  shape(pen, bar, left, top, wide, tall);
  if (bar.missing) {
    pen.strokeStyle = colours.alert;
    pen.setLineDash([3, 2]);
    pen.stroke();
    pen.setLineDash([]);
  } else {
    pen.fillStyle = wide < TEXTURED ? colours.textures[bar.colour] : fill;
    pen.fill();
    if (bar.square) { pen.fillStyle = "rgb(0 0 0 / .35)"; pen.fillRect(left, top + tall - 3, wide, 3); }
  }
  if (bar.changed) { pen.fillStyle = colours.ink; pen.fillRect(left, top - 3, wide, 2); }
  if (scene.chosen.has(bar.number) || (bar.parts || []).some((part) => scene.chosen.has(part.number))) {
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2;
    pen.strokeRect(left - 2, top - 2, wide + 4, tall + 4);
    pen.lineWidth = 1;
  }
  if (wide >= TEXTURED) paintName(pen, scene, bar, left, top, wide, tall, bar.missing ? colours.alert : ink);
};

const MARK = `600 11px ${FONT}`, NAME = `11px ${FONT}`;
const widths = { [MARK]: new Map(), [NAME]: new Map() };

/** Pixels of a text, measured once. */
const widthOf = (pen, font, text) => {
  const known = widths[font];
  if (!known.has(text)) { pen.font = font; known.set(text, pen.measureText(text).width); }
  return known.get(text);
};

/** A bar's mark with its signs and how many it stands for: as much of it as fits, the signs before all else. */
const markOf = (pen, scene, bar, room) => {
  const signs = `${bar.pinned ? PINNED : ""}${bar.hand ? BY_HAND : ""}`, mark = scene.pick(bar.mark), count = bar.parts ? bar.parts.length : "";
  const ways = signs ? [`${signs}${mark}${count}`, `${signs}${mark}`, signs, signs[0]] : [`${mark}${count}`, mark];
  return ways.find((text) => widthOf(pen, MARK, text) <= room) ?? "";
};

const paintName = (pen, scene, bar, left, top, wide, tall, ink) => {
  const mark = markOf(pen, scene, bar, wide - 2), long = widthOf(pen, MARK, mark), middle = top + tall / 2 + 0.5;
  pen.fillStyle = ink;
  pen.font = MARK;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  if (wide < NAMED) { pen.fillText(mark, left + (wide - long) / 2, middle); return; }
  pen.fillText(mark, left + 4, middle);
  // A bar that began before what is seen keeps its name in sight.
  const name = scene.name(bar), from = Math.max(left + 8 + long, scene.axis.left + 4);
  const clips = from + widthOf(pen, NAME, name) > left + wide;
  if (clips) {
    pen.save();
    pen.beginPath();
    pen.rect(left, top, wide, tall);
    pen.clip();
  }
  pen.font = NAME;
  pen.fillText(name, from, middle);
  if (clips) pen.restore();
};

/** The work of a row, in its lanes. */
export const paintWork = (pen, scene, row, y) => {
  const { axis } = scene;
  for (const rest of row.rests || []) if (axis.shows(rest.start, rest.end)) paintRest(pen, scene, rest, y, row.h);
  const h = row.lanes > 1 ? (row.h - 4) / row.lanes : row.h;
  for (const bar of row.shown) if (axis.shows(bar.start - bar.travel, bar.end)) paintBar(pen, scene, bar, y + (row.lanes > 1 ? bar.lane * h + 2 : 0), h);
};

/** Where a piece of work that is taken up would go: a person's day. */
export const paintTarget = (pen, scene, { row, day }, y) => {
  const { axis, colours } = scene;
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 3;
  pen.strokeRect(axis.left + (day - axis.first) * axis.day + 1.5, y + 1.5, axis.day - 3, row.h - 4);
  pen.lineWidth = 1;
};
