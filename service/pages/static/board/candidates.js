// Who could do it: a row a person with the day that it would fall into, the best first; below who cannot, and why not.
import { clock, dayOf } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { lang, say } from "../words.js";

/** Reasons that a rule may give way to. */
const BENT = new Set(["ruled_out", "tied", "away", "hours", "busy", "breaks"]);
const SVG = "http://www.w3.org/2000/svg";

const box = (svg, week, [start, end], look) => {
  const made = document.createElementNS(SVG, "rect");
  const [from, to] = [week.minutesAt(start), week.minutesAt(end)];
  made.setAttribute("x", String(from));
  made.setAttribute("width", String(Math.max(to - from, 6)));
  made.setAttribute("y", look === "free" ? "0" : "3");
  made.setAttribute("height", look === "free" ? "20" : "14");
  made.setAttribute("class", look);
  svg.append(made);
};

/** The day as a strip: when they are there, what they do, and where the work would go. */
const strip = (host, week, one) => {
  const svg = document.createElementNS(SVG, "svg"), [first, last] = week.data.hours;
  svg.setAttribute("viewBox", `${one.day * 1440 + first * 60} 0 ${(last - first) * 60} 20`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "strip");
  for (const span of one.free) box(svg, week, [span.start, span.end], "free");
  for (const stop of one.stops) {
    if (stop.way_minutes) {
      const way = document.createElementNS(SVG, "rect"), start = week.minutesAt(stop.start);
      for (const [name, value] of Object.entries({ x: start - stop.way_minutes, width: stop.way_minutes, y: 9, height: 2, class: "way" })) way.setAttribute(name, String(value));
      svg.append(way);
    }
    box(svg, week, [stop.start, stop.end], stop.new ? "new" : "stop");
  }
  host.append(svg);
};

const facts = (one) => [
  one.share_minutes === null
    ? say("board.script.load_alone", { load: Math.round(one.load_minutes / 60) })
    : say("board.script.load_of", { load: Math.round(one.load_minutes / 60), share: Math.round(one.share_minutes / 60) }),
  one.known ? say("board.script.known") : "",
].filter(Boolean).join(" · ");

const row = (list, week, one, { verb, first, take, bend }) => {
  const line = element("li", undefined, list), can = one.price !== null;
  const head = element("div", undefined, line, "who");
  element("b", one.name[lang], head);
  element("small", one.role[lang], head);
  if (!can && !BENT.has(one.why_not.reason)) { element("p", one.why_not.text[lang], line, "hint"); return; }
  const button = element("button", can ? verb : say("board.script.bend"), head, `small ${can && first ? "primary" : can ? "" : "quiet"}`);
  button.type = "button";
  button.setAttribute("aria-label", `${button.textContent} ${one.name[lang]}`);
  button.addEventListener("click", () => (can ? take(one) : bend(one)));
  if (!can) { element("p", one.why_not.text[lang], line, "hint"); return; }
  const begins = week.minutesAt(one.price.begins);
  element("p", `${week.speech.pick(week.data.heads[dayOf(begins)])} ${clock(begins)} · ${one.price.text[lang]}`, line);
  strip(line, week, one);
  element("small", facts(one), line);
};

/** answer: of …/candidates. take(one), bend(one): give it to who can, or to who cannot but for a reason. */
export const fillCandidates = (host, week, answer, how) => {
  const able = answer.candidates.filter((one) => one.price && one.person !== how.holder);
  const unable = answer.candidates.filter((one) => !one.price && one.person !== how.holder);
  element("h3", able.length ? say("board.script.able", { count: able.length }) : say("board.script.nobody"), host);
  const list = element("ol", undefined, host, "candidates");
  able.forEach((one, n) => row(list, week, one, { ...how, first: n === 0 }));
  if (!unable.length) return;
  const rest = element("details", undefined, host);
  rest.open = !able.length;
  element("summary", say("board.script.unable", { count: unable.length }), rest);
  const others = element("ol", undefined, rest, "candidates");
  for (const one of unable) row(others, week, one, how);
};
