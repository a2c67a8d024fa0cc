// The drawings' words, from the catalogue that the page holds, in the language that it shows.

/** words: language → key → message; lang(): the language shown. */
export const speaker = (words, lang) => {
  const say = (key, slots = {}) =>
    words[lang()][key].replace(/\{(\w+)\}/g, (_, name) => slots[name]);
  const pick = (pair) => (Array.isArray(pair) ? pair[lang() === "zh" ? 0 : 1] : pair);
  const duration = (minutes) => {
    const hours = Math.floor(minutes / 60);
    const slots = { hours, minutes: minutes % 60 };
    if (!hours) return say("duration.minutes", slots);
    return say(minutes % 60 ? "duration.both" : "duration.hours", slots);
  };
  return {
    say, pick, duration,
    taskName: (task) => (task[0] === 0 ? say("hidden_task") : task[0]),
    placeName: (place) => (place[0] === 0 ? say("hidden_place") : place[0]),
  };
};

/** An element with its text and class, put into its parent. */
export const element = (name, text, parent, className) => {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  if (parent) parent.append(made);
  return made;
};
