// What changes do to a week, drawn: what is broken, who must be told, what it costs; points folded.
// effect: as /v1/weeks/{week}/commands answers it. Needs the words of pages.effect.
import { make } from "./dom.js";
import { lang, say } from "./words.js";

export function drawEffect(effect) {
  const news = effect.difference.people;
  return make(
    "div",
    { class: "effect" },
    part("refused", "alert", effect.refused.map(({ text, remedy }) => `${text[lang]} ${remedy[lang]}`)),
    part("broken", "alert", effect.broken.map(({ text }) => text[lang])),
    news.length ? told(news) : make("p", { class: "hint" }, say("effect.nobody")),
    part("worse", "warn", effect.worse.map(({ text }) => text[lang])),
    part("better", "good", effect.better.map(({ text }) => text[lang])),
    points(effect),
  );
}

// What was done, in one line.
export const summary = (effect) => effect.difference.summary[lang];

function part(name, tone, lines) {
  if (!lines.length) return null;
  const title = make("h4", {}, make("span", { class: `chip ${tone}` }, say(`effect.${name}`)));
  return make("section", {}, title, make("ul", {}, ...lines.map((line) => make("li", {}, line))));
}

function told(people) {
  const rows = people.map(({ name, news }) =>
    make("li", {}, make("strong", {}, name), " ", news.map(({ text }) => text[lang]).join(" ")),
  );
  const title = make("span", { class: "chip accent" }, say("effect.told", { count: people.length }));
  return make("section", {}, make("h4", {}, title), make("ul", {}, ...rows));
}

function points({ before, after, rules }) {
  if (!rules.length) return null;
  const line = ({ name, first, second }) =>
    make("tr", {}, make("th", { scope: "row" }, name[lang]), ...[first, second].map(number));
  const table = make(
    "table",
    {},
    make("thead", {}, make("tr", {}, ...["rule", "before", "after"].map((key) => make("th", { scope: "col" }, say(`effect.${key}`))))),
    make("tbody", {}, ...rules.map(line)),
  );
  const whole = say("effect.points", { medium: after.medium - before.medium, soft: after.soft - before.soft });
  return make("details", {}, make("summary", {}, say("effect.details")), make("p", { class: "hint" }, whole), table);
}

const number = (value) => make("td", { class: "number" }, String(value));
