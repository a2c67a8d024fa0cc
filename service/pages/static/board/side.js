// Beside the board: what is chosen, else the undone work.
import { clock, dayOf, lastDay } from "../drawings/moments.js";
import { element } from "../drawings/speech.js";
import { say } from "../words.js";

/** So many undone in a list of their own, which is laid out when it comes near; pixels of one, about. */
const PART = 25, TALL = 56;

const moment = (week, minute) => `${week.speech.pick(week.data.heads[Math.min(Math.max(dayOf(minute), 0), week.data.heads.length - 1)])} ${clock(minute)}`;

// A window of days ends at a day's time; what is done through the night of the last day, on the next.
const ends = (week, { start, end }) => {
  const day = lastDay(start, end);
  const told = end % 1440 ? clock(end) : "24:00";
  if (day === dayOf(start) || day >= week.data.heads.length) return week.until(start, end);
  return `${week.speech.pick(week.data.heads[day])} ${told}`;
};

const sign = (week, task, host) => {
  const [, mark, colour, shift] = week.data.kinds[week.data.tasks[task][1]];
  const made = element("i", week.speech.pick(mark), host, `mark k${colour}${shift ? " shift" : ""}`);
  made.setAttribute("aria-hidden", "true");
};

/** What comes next for a week: planned where nobody has work yet, told where all of it is given. */
const fillNext = (host, week, may) => {
  const begun = week.byPerson.some((bars) => bars.some((bar) => !bar.way));
  if (!may || (begun && week.undone.length)) return;
  const next = element("div", undefined, host, "about next");
  const name = begun ? "tell" : "plan";
  element("p", say(`board.script.next.${name}`), next);
  const link = element("a", say(`board.script.next.to_${name}`), element("div", undefined, next, "actions"), `button small ${begun ? "" : "primary"}`);
  link.href = `${location.pathname}/${name === "plan" ? "plans" : name}`;
};

/** The tray of undone work, the most urgent first. keeps(one): filters; open(one): what a click does; may: act. */
export const fillTray = (host, week, { keeps, open, may }) => {
  const undone = week.undone.filter(keeps);
  const head = document.createElement("header");
  element("h2", undone.length ? say("board.script.undone", { count: undone.length, missing: undone.reduce((sum, one) => sum + one.missing, 0) }) : say("board.script.all_done"), head);
  let list = null;
  const lists = document.createDocumentFragment();
  undone.forEach((one, n) => {
    if (n % PART === 0) {
      list = element("ul", undefined, lists, "undone-part");
      list.style.containIntrinsicBlockSize = `auto ${Math.min(PART, undone.length - n) * TALL}px`;
    }
    const button = element("button", undefined, element("li", undefined, list));
    button.type = "button";
    sign(week, one.task, button);
    const [name] = week.data.tasks[one.task];
    element("b", name === 0 ? say("board.script.hidden_undone") : name, button);
    element("span", say("board.script.lacks", { missing: one.missing }), button, `lack${one.grave ? " grave" : ""}`);
    const when = say("board.script.between", { from: moment(week, one.start), to: ends(week, one) });
    element("small", `${when} · ${week.speech.say("priority", { priority: week.data.tasks[one.task][2] })}`, button);
    button.addEventListener("click", () => open(one));
  });
  host.replaceChildren(head);
  fillNext(host, week, may);
  host.append(lists);
};

/** What is chosen of several: each leads to itself alone; below what is done to all of them at once, unless all is null. */
export const fillSeveral = (host, week, items, { close, open, people, all }) => {
  header(host, say("board.script.chosen", { count: items.length }), close);
  const about = element("div", undefined, host, "about");
  if (all && items.some((item) => item.bar)) {
    const label = element("label", say("board.script.all.to"), about, "all");
    const select = element("select", undefined, label);
    select.id = "all-to";
    element("option", say("board.script.all.who"), select).value = "";
    for (const [id, name] of people) element("option", name, select).value = id;
    const actions = element("div", undefined, about, "actions");
    button(actions, say("board.script.all.give"), "small primary", () => { if (select.value) all.give(select.value); else select.focus(); });
    button(actions, say("board.script.pin"), "small", all.pin);
    button(actions, say("board.script.take_off"), "small", all.takeOff);
  }
  const list = element("ul", undefined, host);
  for (const item of items) {
    const line = button(element("li", undefined, list), undefined, "", () => open(item));
    sign(week, item.number, line);
    element("b", week.nameOf(item), line);
    element("span", item.bar ? clock(item.bar.start) : "", line);
    element("small", item.bar ? `${week.personOf(item)} · ${moment(week, item.bar.start)}` : say("board.script.empty_slot"), line);
  }
};

/** One piece of work: what it is, what is done with it, and places for why and who else (filled later). */
export const fillOne = (host, week, item, { close, acts }) => {
  header(host, week.nameOf(item), close);
  const about = element("div", undefined, host, "about");
  const { bar } = item;
  for (const line of bar ? week.lines(bar) : [say("board.script.empty_slot")]) element("p", line, about);
  const marks = bar ? ["hand", "pinned", "changed"].filter((mark) => bar[mark]) : [];
  if (marks.length) element("p", marks.map((mark) => say(`board.script.is.${mark}`)).join(" · "), about, "marks");
  const actions = element("div", undefined, about, "actions");
  for (const [words, act, id] of acts) button(actions, words, "small", act).id = id;
  const link = element("a", say("board.script.history"), actions, "button small quiet");
  link.href = `${location.pathname}/history?task=${encodeURIComponent(item.task)}`;
  return { why: element("div", undefined, about, "why"), who: element("div", undefined, host, "who-else") };
};

/** A hard rule in the way: which one, and a reason for which it gives way; none for what cannot be. */
export const fillBroken = (host, problems, { close, again }) => {
  header(host, say("board.script.broken.title"), close);
  const form = element("form", undefined, host, "about broken");
  const list = element("ul", undefined, form);
  for (const problem of problems) element("li", problem.text, list);
  if (problems.some(({ code }) => code !== "rule_broken")) {
    element("p", say("board.script.broken.never"), form, "hint");
    return;
  }
  const label = element("label", say("board.script.broken.reason"), form);
  const reason = element("textarea", undefined, label);
  Object.assign(reason, { id: "reason", required: true, maxLength: 1000, rows: 2 });
  const done = element("button", say("board.script.broken.do"), element("div", undefined, form, "actions"), "primary");
  done.type = "submit";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (reason.value.trim()) again(reason.value.trim());
  });
  reason.focus();
};

const button = (host, words, look, act) => {
  const made = element("button", words, host, look);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};

const header = (host, title, close) => {
  const head = document.createElement("header");
  element("h2", title, head);
  button(head, "×", "small quiet", close).setAttribute("aria-label", say("board.script.unchosen"));
  host.replaceChildren(head);
};
