// Bars, presence and hours on a canvas. A scene: axis, colours, chosen (numbers of bars), shift (what is scrolled).
export const FONT = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif';
/** Signs before a bar's mark; every font has them. */
export const PINNED = "◆", BY_HAND = "※";
const TEXTURED = 14, NAMED = 52;

const box = (pen, scene, start, end, y, h, fill) => {
  const left = scene.axis.x(start) - scene.shift, right = scene.axis.x(end) - scene.shift;
  if (right <= left) return;
  pen.fillStyle = fill;
  pen.fillRect(left, y, right - left, h);
};

/** Ground of a row: when its person is there, on leave, and what a target would cost. */
export const paintGround = (pen, scene, row, y) => {
  const { axis, colours } = scene;
  const left = axis.left - scene.shift;
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
    for (const hour of hours) if (hour) pen.fillRect(Math.round(axis.x(day * 1440 + hour * 60) - scene.shift), y, 1, h);
    pen.globalAlpha = 1;
    pen.fillStyle = colours.soft;
    pen.fillRect(Math.round(axis.left + (day - axis.first) * axis.day - scene.shift), y, 1, h);
  }
};

const paintRest = (pen, scene, rest, y, h) => {
  const { axis, colours, shift } = scene;
  box(pen, scene, rest.start, rest.end, y + 6, h - 13, colours.rest);
  pen.strokeStyle = colours.accent;
  pen.setLineDash([2, 2]);
  pen.strokeRect(axis.x(rest.start) - shift + 0.5, y + 6.5, Math.max(1, axis.x(rest.end) - axis.x(rest.start) - 1), h - 14);
  pen.setLineDash([]);
};

const paintTravel = (pen, scene, from, to, middle) => {
  pen.fillStyle = scene.colours.travel;
  const left = scene.axis.x(from);
  pen.fillRect(left - scene.shift, middle - 0.5, scene.axis.x(to) - left, 1.5);
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
  const left = axis.x(bar.start) - scene.shift, wide = Math.max(2.5, axis.x(bar.end) - scene.shift - left - 1);
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

const paintName = (pen, scene, bar, left, top, wide, tall, ink) => {
  pen.save();
  pen.beginPath();
  pen.rect(left, top, wide, tall);
  pen.clip();
  pen.fillStyle = ink;
  pen.font = `600 11px ${FONT}`;
  pen.textBaseline = "middle";
  const marks = `${bar.pinned ? PINNED : ""}${bar.hand ? BY_HAND : ""}`;
  const mark = `${marks}${scene.pick(bar.mark)}${bar.parts ? bar.parts.length : ""}`;
  const middle = top + tall / 2 + 0.5;
  if (wide < NAMED) {
    pen.textAlign = "center";
    pen.fillText(mark, left + wide / 2, middle);
  } else {
    pen.textAlign = "left";
    pen.fillText(mark, left + 4, middle);
    const after = left + 8 + pen.measureText(mark).width;
    pen.font = `11px ${FONT}`;
    // A bar that began before what is seen keeps its name in sight.
    pen.fillText(scene.name(bar), Math.max(after, scene.axis.left + 4), middle);
  }
  pen.restore();
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
  const { axis, colours, shift } = scene;
  pen.strokeStyle = colours.accent;
  pen.lineWidth = 3;
  pen.strokeRect(axis.left + (day - axis.first) * axis.day - shift + 1.5, y + 1.5, axis.day - 3, row.h - 4);
  pen.lineWidth = 1;
};
