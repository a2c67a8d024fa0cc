// What workers ask of their coordinator: accepted as a command, refused, or handled otherwise; each can be taken back.
import { get, post, remove } from "./api.js";
import { tell, tellFault } from "./band.js";
import { island } from "./island.js";
import { shortly } from "./moments.js";
import { lang, say } from "./words.js";

const { week } = island("data");
const address = `/v1/weeks/${week}`;
const MOST = 12;

for (const button of document.querySelectorAll("[data-answer]")) {
  button.addEventListener("click", () => answer(button.closest("[data-request]"), button));
}

const SAID = { acceptance: "accepted", refusal: "refused", handling: "handled" };

async function answer(item, button) {
  const select = item.querySelector("select");
  const way = button.dataset.answer;
  if (way === "acceptance" && select && !select.reportValidity()) return;
  const words = item.querySelector("input").value.trim();
  const path = `${address}/requests/${item.dataset.request}`;
  button.disabled = true;
  try {
    const done = await post(`${path}/${way}`, way === "acceptance" ? chosen(select) : { words });
    if (done?.week === week) return location.assign(`${location.pathname}?done=${done.revision}`);
    const back = done
      ? () => post(`/v1/weeks/${done.week}/undo`, { revision: done.revision })
      : () => remove(`${path}/answer`);
    waits(item, false);
    tell(say(`changes.asked.script.${SAID[way]}`), { undo: () => takeBack(item, back) });
  } catch (error) {
    tellFault(error);
  }
  button.disabled = false;
}

async function takeBack(item, back) {
  try {
    await back();
    waits(item, true);
    tell(say("changes.asked.script.reopened"));
  } catch (error) {
    tellFault(error);
  }
}

// Show a request among those that wait, or no longer; and how many they are.
function waits(item, still) {
  item.hidden = !still;
  const section = document.getElementById("asked");
  const left = section.querySelectorAll("[data-request]:not([hidden])").length;
  section.querySelector(".chip").textContent = left;
  section.hidden = !left;
  document.dispatchEvent(new Event("week:changed"));
}

// Who does it instead, and when and where, as the choice told it.
function chosen(select) {
  if (!select?.value) return {};
  const { start, place } = select.selectedOptions[0].dataset;
  return { person: select.value, start, place };
}

function choice({ person, name, price }) {
  const { start, place } = price.assignments.find((one) => one.person === person);
  const option = new Option(`${name[lang]} ${shortly(start)} · ${price.text[lang]}`, person);
  Object.assign(option.dataset, { start, place });
  return option;
}

// Those who can come first, with what it would mean.
async function offer(item) {
  const { task, slot, person } = item.dataset;
  const select = item.querySelector("select");
  const path = `${address}/tasks/${encodeURIComponent(task)}/candidates?slot=${slot}&limit=${MOST}`;
  const { candidates } = await get(path);
  // Who asked could keep it.
  const able = candidates.filter((one) => one.price && one.person !== person);
  const others = [...select.options].slice(1);
  const first = document.createElement("optgroup");
  first.label = say(`changes.asked.script.${able.length ? "able" : "nobody"}`);
  first.append(...able.map(choice));
  const rest = document.createElement("optgroup");
  rest.label = say("changes.asked.script.others");
  rest.append(...others.filter((one) => able.every((who) => who.person !== one.value)));
  select.append(first, rest);
}

for (const item of document.querySelectorAll("[data-request][data-task]")) {
  if (item.querySelector("select")) await offer(item).catch(tellFault);
}
