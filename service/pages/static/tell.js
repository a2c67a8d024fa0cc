// Publishing, then telling one after another: copy, told, received, each with its undo.
import { get, post } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import { copy } from "./copy.js";
import { island } from "./island.js";
import { bindKey } from "./keys.js";
import { once } from "./once.js";
import { refresh } from "./refresh.js";
import { weekPicture } from "./week_picture.js";
import { lang, say } from "./words.js";

let data = island("data");
const base = `/v1/weeks/${data.week}`;
const rows = () => [...document.querySelectorAll(".person")];
const row = (person) => document.getElementById(`person-${person}`);
const nameOf = (person) => row(person).querySelector("strong").textContent;
const waiting = () => rows().filter((one) => !["told", "received"].includes(one.dataset.state));
let texts = null;
const links = new Map();

async function loadTexts() {
  if (!rows().length) return;
  const answer = await get(`${base}/tell?texts=true&lang=${lang}`);
  texts = new Map(answer.people.map((one) => [one.person, one]));
  showTexts();
}

function showTexts() {
  if (texts) for (const one of rows()) one.querySelector("[data-text]").textContent = textOf(one.dataset.person);
}

// What is sent: what changed where they know an earlier week, and their week where they know none.
function textOf(person) {
  const { text, change, kind } = texts.get(person) ?? {};
  const whole = document.getElementById("with-week")?.checked && kind !== "withdrawn";
  if (!change) return text ?? "";
  return whole ? `${change}\n\n${text}` : change;
}

async function drawn() {
  const fresh = await refresh("#tell", ".heading");
  const told = fresh && JSON.parse(fresh.getElementById("data").textContent);
  if (told) data = told;
  showTexts();
}

// Note a state of some people at once, with an undo that gives each the state that they had.
async function mark(people, state, words) {
  const states = new Map(people.map((person) => [person, row(person).dataset.state]));
  try {
    await note(people, state);
  } catch (error) {
    return tellFault(error, { again: () => mark(people, state, words) });
  }
  await drawn();
  tell(words, { undo: () => takeBack(states) });
}

const note = (people, state) =>
  post(`${base}/tell`, { people, state, publication: data.publication });

async function takeBack(states) {
  const earlier = { copied: "copied", told: "told", received: "received" };
  try {
    for (const state of new Set(states.values())) {
      const people = [...states.keys()].filter((person) => states.get(person) === state);
      await note(people, earlier[state] ?? null);
    }
    await drawn();
  } catch (error) {
    tellFault(error, { again: () => takeBack(states) });
  }
}

// A private link goes to its person alone, never into a message to a group; making one ends the earlier.
async function linkOf(person) {
  if (!document.getElementById("with-link")?.checked) return "";
  if (!links.has(person)) links.set(person, post(`${base}/people/${encodeURIComponent(person)}/link`));
  try {
    return `\n${say("tell.script.link", { url: (await links.get(person)).url })}`;
  } catch (error) {
    links.delete(person);
    throw error;
  }
}

async function copyTo(person) {
  const shown = row(person).querySelector("[data-text]");
  if (!texts) await loadTexts();
  const text = textOf(person) + (await linkOf(person));
  shown.textContent = text;
  const done = await copy(text, shown);
  if (done === "selected") {
    shown.closest("details").open = true;
    return announce(say("tell.script.selected", { name: nameOf(person) }));
  }
  await mark([person], "copied", say("tell.script.copied", { name: nameOf(person) }));
}

async function copyNext() {
  const next = waiting().find((one) => one.dataset.state !== "copied");
  if (!next) return tell(say("tell.script.none_left"));
  await copyTo(next.dataset.person);
  row(next.dataset.person)?.scrollIntoView({ block: "nearest" });
}

async function copyAll() {
  const people = waiting().map((one) => one.dataset.person);
  if (!texts) await loadTexts();
  const text = people.map(textOf).join("\n\n");
  if ((await copy(text)) !== "copied") return announce(say("script.select"));
  await mark(people, "copied", say("tell.script.copied_all", { count: people.length }));
}

const toldCopied = () => {
  const people = rows().filter((one) => one.dataset.state === "copied").map((one) => one.dataset.person);
  return mark(people, "told", say("tell.script.marked_many", { count: people.length }));
};

async function publish(button) {
  button.disabled = true;
  try {
    await post(`${base}/publications`, { areas: data.areas, revision: data.revision });
  } catch (error) {
    button.disabled = false;
    return tellFault(error);
  }
  // What is published is not offered again: the scope is the whole week once more.
  history.replaceState(null, "", location.pathname);
  await drawn();
  await loadTexts();
  tell(say("tell.script.published"));
  document.getElementById("copy-next")?.focus();
}

function ask(open) {
  document.querySelector(".publish [data-ask]").hidden = open;
  document.querySelector(".publish .confirm").hidden = !open;
  document.getElementById(open ? "publish-sure" : "publish").focus();
}

let shownPicture = "";
async function picture(person) {
  const part = await get(`${base}/people/${encodeURIComponent(person)}/part`);
  const { blob, words } = await weekPicture(part, data.days);
  URL.revokeObjectURL(shownPicture);
  shownPicture = URL.createObjectURL(blob);
  const shown = document.getElementById("picture-shown");
  shown.src = shownPicture;
  shown.alt = words;
  const save = document.getElementById("picture-save");
  save.href = shownPicture;
  save.download = `${part.name[lang]}-${part.start}.png`;
  document.getElementById("picture-print").href = `/w/${encodeURIComponent(data.week)}/table?person=${encodeURIComponent(person)}`;
  document.getElementById("picture").showModal();
}

const byId = {
  publish: () => ask(true),
  "publish-not": () => ask(false),
  "publish-sure": publish,
  "copy-next": copyNext,
  "copy-all": copyAll,
  "told-copied": toldCopied,
};
const acts = {
  copy: copyTo,
  told: (person) => marked(person, "told"),
  received: (person) => marked(person, "received"),
  back: (person) => marked(person, null),
  picture,
};
const marked = (person, state) =>
  mark([person], state, say("tell.script.marked", { name: nameOf(person), state: say(`tell.script.state.${state ?? "not_told"}`) }));

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const person = button.closest(".person")?.dataset.person;
  const doing = byId[button.id] ?? (person && acts[button.dataset.act]);
  if (doing) once(button, async () => doing(person ?? button)).catch(tellFault);
});

// The scope: 整周 or the areas that are ticked; the list follows it, and the address says it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("#scope");
  if (event.target.id === "with-week") showTexts();
  if (!form) return;
  const whole = event.target.id === "whole";
  if (whole) for (const box of form.querySelectorAll("[name=area]")) box.checked = false;
  const query = new URLSearchParams(new FormData(form)).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  scoped().catch(tellFault);
});
async function scoped() {
  const focused = document.activeElement?.value;
  await drawn();
  const box = [...document.querySelectorAll("#scope [name=area]")].find((one) => one.value === focused);
  (box ?? document.getElementById("whole"))?.focus();
}

bindKey("c", "tell.script.key", () => copyNext().catch(tellFault), () => document.getElementById("copy-next"));
loadTexts().catch(tellFault);
document.querySelector(".sought")?.scrollIntoView({ block: "center" });
