// The board on a phone: a list by person, day by day.
import { dayOf } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { say } from "../words.js";

const sign = (week, bar, line) => {
  const made = element("i", week.speech.pick(bar.mark), line, `mark k${bar.colour}${bar.square ? " shift" : ""}`);
  made.setAttribute("aria-hidden", "true");
};

const workOf = (week, row, axis, host, open) => {
  let day = -1, list = null;
  const bars = row.bars.filter((bar) => !bar.way && axis.shows(bar.start, bar.end));
  for (const bar of bars) {
    if (!list || dayOf(bar.start) !== day) {
      day = dayOf(bar.start);
      if (axis.count > 1) element("h3", week.speech.pick(week.data.days[Math.max(0, day)]), host);
      list = element("ul", undefined, host);
    }
    const line = element("li", undefined, list);
    element("span", week.span(bar), line);
    sign(week, bar, line);
    const name = element(bar.person < 0 ? "b" : "button", bar.label || week.name(bar), line, bar.missing ? "short" : "");
    if (bar.person >= 0) {
      name.type = "button";
      name.addEventListener("click", () => open(bar));
    }
    const asked = week.data.ask[bar.task];
    element("small", asked ? week.speech.ask(asked) : week.speech.placeName(week.data.places[bar.place]), line);
  }
  return bars.length;
};

/** Rows as articles; those without work say so in one line. open(bar): what a tap does. */
export const fillAgenda = (host, week, rows, axis, open) => {
  const made = document.createDocumentFragment();
  for (const row of rows) {
    if (row.group) continue;
    const article = element("article", undefined, made);
    const head = element("h2", row.label, article);
    if (row.note) element("small", row.note, head, row.state || "");
    if (!workOf(week, row, axis, article, open)) element("p", week.speech.say("no_work_here"), article, "none");
  }
  if (!rows.length) element("p", say("board.script.nothing"), made, "none");
  host.replaceChildren(made);
};
