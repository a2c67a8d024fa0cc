// The picture of somebody's week, drawn by the browser: a card for each day, to save or to send on.
import { lang, say } from "./words.js";

const WIDTH = 750;
const EDGE = 36;
const LINE = 34;
const INK = "#1b2a31";
const SOFT = "#55646b";
const ACCENT = "#17616b";
const FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

// part: an answer of GET /v1/weeks/{week}/people/{person}/part. days: date → its name.
// Returns {blob: PNG, words: what it shows}.
export async function weekPicture(part, days) {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const height = draw(pen, part, days, false);
  canvas.width = WIDTH;
  canvas.height = height;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, WIDTH, height);
  draw(pen, part, days, true);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return { blob, words: say("picture.alt", { name: part.name[lang], count: part.lines.length }) };
}

// Draws, or only measures; the height that it takes.
function draw(pen, part, days, shown) {
  const names = Object.values(days);
  let y = EDGE;
  const write = (text, x, size, colour, weight = 400) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    pen.textBaseline = "top";
    for (const line of wrapped(pen, text, WIDTH - EDGE - x)) {
      if (shown) pen.fillText(line, x, y);
      y += Math.round(size * 1.4);
    }
  };
  write(say("picture.title", { name: part.name[lang] }), EDGE, 36, INK, 700);
  write(say("picture.span", { first: names[0], last: names.at(-1) }), EDGE, 24, SOFT);
  y += 12;
  if (!part.lines.length) write(say("picture.none"), EDGE, 26, INK);
  let day = "";
  for (const line of part.lines) {
    const date = line.start.slice(0, 10);
    if (date !== day) {
      day = date;
      y += 14;
      if (shown) {
        pen.fillStyle = "#dcebec";
        pen.fillRect(EDGE - 12, y - 9, WIDTH - 2 * EDGE + 24, LINE + 8);
      }
      write(days[date] ?? date, EDGE, 25, ACCENT, 700);
      y += 12;
    }
    const top = y;
    write(`${line.start.slice(11)}–${until(line)}`, EDGE, 25, INK, 600);
    y = top;
    write(line.name[lang], EDGE + 196, 25, INK);
    write(line.place[lang], EDGE + 196, 22, SOFT);
    if (line.people.length) {
      const people = line.people.map((one) => one[lang]).join(say("picture.comma"));
      write(say("picture.with", { people }), EDGE + 196, 22, SOFT);
    }
    y += 8;
  }
  return y + EDGE;
}

// When it ends; on a later day than it begins says so, but for midnight itself.
function until({ start, end }) {
  const clock = end.slice(11);
  if (end.slice(0, 10) === start.slice(0, 10)) return clock;
  return clock === "00:00" ? "24:00" : say("picture.next_day", { clock });
}

// Breaks between any two Chinese characters, and between words otherwise.
function wrapped(pen, text, width) {
  const lines = [];
  let line = "";
  for (const piece of text.match(/[\w.,:;–-]+\s*|./gu) ?? []) {
    if (line && pen.measureText(line + piece).width > width) {
      lines.push(line);
      line = "";
    }
    line += piece;
  }
  return [...lines, line];
}
