// The tools above the board: rows, days, filters, and how many rows are seen of all.
import { BY_HAND, PINNED } from "../drawings/paint.js";
import { element } from "../drawings/speech.js";
import { island } from "../island.js";
import { say } from "../words.js";
import { bindKey } from "../keys.js";

/** Today as a day of the week in the office's time; the first day where the week is another. */
const todayOf = (data) => {
  const day = (Date.parse(`${island("data").today}T00:00Z`) - Date.parse(`${data.start}T00:00Z`)) / 86400000;
  return String(day >= 0 && day < data.days.length ? day + 1 : 1);
};

const part = (id) => document.getElementById(id);

/** show(change): what to change of the view. Gives what brings the tools in line with a view. */
export const tools = (week, show) => {
  const { data, speech } = week;
  const days = part("days");
  // Those that came with the page kept their room; a week has its own days, and its holidays.
  days.replaceChildren();
  const dayButton = (words, day, off) => {
    const made = element("button", words, days, off ? "off" : "");
    made.type = "button";
    made.dataset.day = day;
    made.addEventListener("click", () => show({ day }));
  };
  dayButton(say("board.script.week"), "", false);
  data.heads.forEach((head, day) => dayButton(speech.pick(head), String(day + 1), data.off[day]));
  for (const button of part("rows").children) button.addEventListener("click", () => show({ rows: button.dataset.rows }));
  const choices = {
    area: new Map(data.area_ids.map((id, n) => [id, data.areas[n]])),
    role: new Map(data.role_ids.map((id, n) => [id, speech.pick(data.roles[n])])),
    kind: new Map(data.kind_ids.map((id, n) => [id, speech.pick(data.kinds[n][0])])),
  };
  for (const [name, words] of Object.entries(choices)) {
    const select = part(name);
    element("option", say(`board.script.any_${name}`), select).value = "";
    for (const [id, word] of words) element("option", word, select).value = id;
    select.hidden = words.size < 2;
    select.addEventListener("change", () => show({ [name]: select.value }));
  }
  for (const name of ["changed", "free"]) part(name).addEventListener("change", (event) => show({ [name]: event.target.checked ? "1" : "" }));
  if (matchMedia("(max-width: 600px)").matches) part("filters").open = false;
  bindKey("t", "board.script.key.today", () => show({ day: todayOf(data) }));
  bindKey("0", "board.script.key.week", () => show({ day: "" }));
  data.heads.slice(0, 7).forEach((_, day) => bindKey(String(day + 1), "board.script.key.one_day", () => show({ day: String(day + 1) })));
  bindKey("r", "board.script.key.rows", () => show((view) => ({ rows: view.rows === "people" ? "duties" : "people" })));
  return (view) => {
    for (const button of part("rows").children) button.setAttribute("aria-pressed", String(button.dataset.rows === view.rows));
    for (const button of days.children) button.setAttribute("aria-pressed", String(button.dataset.day === view.day));
    for (const name of Object.keys(choices)) part(name).value = view[name];
    for (const name of ["changed", "free"]) part(name).checked = view[name] === "1";
  };
};

/** Kinds of work with their marks and colours, and what other signs mean. */
export const legend = (week) => {
  const host = part("legend"), { pick } = week.speech;
  host.replaceChildren();
  // Visits and shifts of one kind have marks of their own, and one word.
  const lines = new Map();
  for (const [label, mark, colour, shift] of week.data.kinds) {
    const word = pick(label), line = lines.get(word) ?? element("li", undefined, host);
    lines.set(word, line);
    const sign = element("i", pick(mark), line, `mark k${colour}${shift ? " shift" : ""}`);
    sign.setAttribute("aria-hidden", "true");
  }
  for (const [word, line] of lines) line.append(word);
  for (const [glyph, key] of [[PINNED, "lock"], [BY_HAND, "hand"], ["▔", "is.changed"], ["┄", "missing"]]) {
    const line = element("li", undefined, host);
    element("span", glyph, line).setAttribute("aria-hidden", "true");
    line.append(say(`board.script.${key}`));
  }
};
