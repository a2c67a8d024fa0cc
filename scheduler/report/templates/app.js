"use strict";
// What the drawings share: the data, the language shown, and a few words of arithmetic.
const report = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const listeners = [];
  const MINUTES = 1440;
  root.classList.add("js");

  const index = () => (root.lang === "zh" ? 0 : 1);
  const pick = (pair) => (Array.isArray(pair) ? pair[index()] : pair);
  const say = (key, slots = {}) =>
    data.words[root.lang][key].replace(/\{(\w+)\}/g, (_, name) => slots[name]);
  const pad = (number) => String(number).padStart(2, "0");
  const clock = (minutes) => {
    const rest = ((minutes % MINUTES) + MINUTES) % MINUTES;
    return `${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`;
  };
  const duration = (minutes) => {
    const hours = Math.floor(minutes / 60);
    const slots = { hours, minutes: minutes % 60 };
    if (!hours) return say("duration.minutes", slots);
    return say(minutes % 60 ? "duration.both" : "duration.hours", slots);
  };
  const taskName = (task) => (task[0] === 0 ? say("private.task") : task[0]);
  const placeName = (place) => (place[0] === 0 ? say("private.place") : place[0]);
  const element = (name, text, parent, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className) made.className = className;
    if (parent) parent.append(made);
    return made;
  };

  const byPerson = data.people.map(() => []);
  for (const bar of data.bars) byPerson[bar[0]].push(bar);
  for (const bars of byPerson) bars.sort((a, b) => a[2] - b[2]);
  const crews = new Map();
  for (const bar of data.bars) {
    if (bar[1] < 0) continue;
    if (!crews.has(bar[1])) crews.set(bar[1], []);
    crews.get(bar[1]).push(bar[0]);
  }

  const show = (lang) => {
    root.lang = lang;
    for (const button of document.querySelectorAll("[data-lang]"))
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    for (const listener of listeners) listener();
  };
  for (const button of document.querySelectorAll("[data-lang]"))
    button.addEventListener("click", () => show(button.dataset.lang));

  const opened = [];
  addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details.print:not([open])")) {
      fold.open = true;
      opened.push(fold);
    }
  });
  addEventListener("afterprint", () => {
    for (const fold of opened.splice(0)) fold.open = false;
  });

  return {
    data, MINUTES, pick, say, clock, duration, taskName, placeName, element, byPerson, crews,
    onLanguage: (listener) => { listeners.push(listener); listener(); },
  };
})();
