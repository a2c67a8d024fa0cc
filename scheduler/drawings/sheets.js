// Paper gets every row, a canvas for each page, with names, days and hours on each.
import { Axis } from "./axis.js";
import { FONT, paintGround, paintHours, paintWork } from "./paint.js";
import { palette } from "./palette.js";
import { element } from "./speech.js";

const SHEET = { wide: 1040, first: 540, tall: 660, scale: 2, names: 150, head: 44 };

/** Canvases in `host` of a grid's rows, as on white paper. */
export const printSheets = (host, grid) => {
  const root = document.documentElement;
  root.classList.add("printing");
  const axis = new Axis(grid.week.data, grid.week.bars);
  axis.fit(grid.first, grid.count, SHEET.names, SHEET.wide - SHEET.names);
  const scene = { ...grid.scene, axis, colours: palette(), chosen: new Set() };
  root.classList.remove("printing");
  let page = [], room = SHEET.first - SHEET.head;
  for (const row of grid.rows) {
    if (page.length && row.y + row.h - page[0].y > room) {
      onSheet(host, grid, scene, page);
      page = [];
      room = SHEET.tall - SHEET.head;
    }
    page.push(row);
  }
  if (page.length) onSheet(host, grid, scene, page);
};

const onSheet = (host, grid, scene, rows) => {
  const sheet = element("canvas", undefined, host), last = rows[rows.length - 1];
  const height = SHEET.head + last.y + last.h - rows[0].y + 1;
  sheet.width = SHEET.wide * SHEET.scale;
  sheet.height = height * SHEET.scale;
  const pen = sheet.getContext("2d");
  pen.scale(SHEET.scale, SHEET.scale);
  pen.fillStyle = scene.colours.card;
  pen.fillRect(0, 0, SHEET.wide, height);
  const y = (row) => SHEET.head + row.y - rows[0].y;
  for (const row of rows) if (!row.group) paintGround(pen, scene, row, y(row));
  paintHours(pen, scene, SHEET.head, height);
  for (const row of rows) if (!row.group) paintWork(pen, scene, row, y(row));
  for (const row of rows) printName(pen, scene, row, y(row));
  printHead(pen, scene, grid, height);
};

const printName = (pen, scene, row, y) => {
  pen.fillStyle = row.group ? scene.colours.faint : scene.colours.card;
  pen.fillRect(0, y, row.group ? SHEET.wide : SHEET.names, row.h);
  pen.fillStyle = scene.colours.ink;
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.font = `${row.group ? "600 13px" : "13px"} ${FONT}`;
  pen.fillText(row.group ? `${row.label}  ${row.note}` : row.label, 8, y + row.h / 2, SHEET.names - 14);
};

const printHead = (pen, { axis, colours }, grid, height) => {
  const { pick } = grid.week.speech;
  pen.textBaseline = "middle";
  pen.textAlign = "left";
  for (let day = axis.first; day < axis.first + axis.count; day += 1) {
    const left = axis.left + (day - axis.first) * axis.day;
    pen.fillStyle = colours.ink;
    pen.font = `600 13px ${FONT}`;
    pen.fillText(pick(axis.day > 150 ? grid.week.data.days[day] : grid.week.data.heads[day]), left + 8, 15, axis.day - 10);
    pen.font = `11px ${FONT}`;
    for (const hour of axis.hours(30)) pen.fillText(String(hour), axis.x(day * 1440 + hour * 60) + 3, 34);
  }
  pen.fillStyle = colours.soft;
  pen.fillRect(0, SHEET.head - 1, SHEET.wide, 1);
  pen.fillRect(SHEET.names - 1, 0, 1, height);
};
