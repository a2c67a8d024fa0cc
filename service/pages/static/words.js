// Words of the page in the reader's language. No script has any of its own.
import { island } from "./island.js";

export const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
const plurals = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang === "zh" ? "zh-CN" : "en");

// The message of a key with its slots filled, as scheduler/messages/filling.py does it.
export function say(key, slots = {}) {
  const message = island("words")[key];
  if (message === undefined) throw new Error(`no words: ${key}`);
  return filled(message, slots);
}

export function filled(message, slots) {
  return message.replace(/\{(\w+)(?::([^{}]*(?:\{\w+\}[^{}]*)*))?\}/g, (_, name, shape) => {
    if (!(name in slots)) throw new Error(`no slot ${name}: ${message}`);
    return shaped(slots[name], shape, slots);
  });
}

function shaped(value, shape, slots) {
  if (shape === undefined) return String(value);
  if (!shape.includes("|")) return numbers.format(value);
  const forms = [];
  for (const form of shape.split("|")) {
    const exact = /^=(\d+) /.exec(form);
    if (!exact) forms.push(form);
    else if (Number(value) === Number(exact[1])) return form.slice(exact[0].length);
  }
  const form = forms[plurals.select(Number(value)) === "one" ? 0 : forms.length - 1];
  return form.replace(/\{(\w+)\}/g, (_, name) => String(slots[name]));
}
