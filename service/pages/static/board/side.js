// Beside the board: what is chosen, else the undone work.
import { clock, dayOf } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { say } from "../words.js";

const moment = (week, minute) => `${week.speech.pick(week.data.heads[Math.min(Math.max(dayOf(minute), 0), week.data.heads.length - 1)])} ${clock(minute)}`;

const sign = (week, task, host) => {
  const [, mark, colour, shift] = week.data.kinds[week.data.tasks[task][1]];
  const made = element("i", week.speech.pick(mark), host, `mark k${colour}${shift ? " shift" : ""}`);
  made.setAttribute("aria-hidden", "true");
};

/** The tray of undone work, the most urgent first. keeps(one): filters; open(one): what a click does. */
export const fillTray = (host, week, keeps, open) => {
  const undone = week.undone.filter(keeps);
  const head = document.createElement("header");
  element("h2", undone.length ? say("board.script.undone", { count: undone.length }) : say("board.script.all_done"), head);
  const list = document.createElement("ul");
  for (const one of undone) {
    const button = element("button", undefined, element("li", undefined, list));
    button.type = "button";
    sign(week, one.task, button);
    element("b", week.speech.taskName(week.data.tasks[one.task]), button);
    element("span", say("board.script.lacks", { missing: one.missing }), button, `lack${one.grave ? " grave" : ""}`);
    const when = say("board.script.between", { from: moment(week, one.start), to: dayOf(one.start) === dayOf(one.end) ? clock(one.end) : moment(week, one.end) });
    element("small", `${when} · ${week.speech.say("priority", { priority: week.data.tasks[one.task][2] })}`, button);
    button.addEventListener("click", () => open(one));
  }
  host.replaceChildren(head, list);
};

/** What is chosen: one bar with all that is known of it, or how many. acts(bars): buttons [words, act]. */
export const fillChosen = (host, week, bars, { close, acts }) => {
  const head = document.createElement("header");
  element("h2", bars.length === 1 ? week.name(bars[0]) : say("board.script.chosen", { count: bars.length }), head);
  const shut = element("button", "×", head, "small quiet");
  shut.type = "button";
  shut.setAttribute("aria-label", say("board.script.unchosen"));
  shut.addEventListener("click", close);
  const about = document.createElement("div");
  about.className = "about";
  const lines = bars.length === 1 ? week.lines(bars[0]) : bars.map((bar) => `${week.data.people[bar.person]?.[0] ?? ""} ${week.line(bar)}`);
  for (const line of lines) element("p", line, about);
  if (bars.length === 1) for (const mark of ["pinned", "changed"]) if (bars[0][mark]) element("p", say(`board.script.${mark}`), about, "hint");
  const actions = element("div", undefined, about, "actions");
  for (const [words, act, look] of acts(bars)) {
    const button = element("button", words, actions, `small ${look ?? ""}`);
    button.type = "button";
    button.addEventListener("click", act);
  }
  host.replaceChildren(head, about);
};
