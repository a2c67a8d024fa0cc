// The micro-list: orders are accepted, declined with a reason and rated; each of it can be taken back.
import { post, remove } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import "./found.js";
import { island } from "./island.js";
import { once } from "./once.js";
import { refresh } from "./refresh.js";
import { say } from "./words.js";

const { week, taken } = island("data");
const address = `/v1/weeks/${week}`;
const drawn = () => refresh("#orders");
const nameOf = (id) => document.querySelector(`#order-${id} h3`).textContent;

// One act, then the list as it is now. back: takes it back.
async function done(act, words, back) {
  const answer = await act();
  await drawn();
  tell(words, { undo: back && (() => takenBack(() => back(answer)).catch(tellFault)) });
}

async function takenBack(back) {
  await back();
  await drawn();
  announce(say("orders.script.taken_back"));
}

const accept = (id) =>
  done(
    () => post(`${address}/requests/${id}/acceptance`, {}),
    say("orders.script.accepted", { name: nameOf(id) }),
    ({ revision }) => post(`${address}/undo`, { revision }),
  );

const reopen = (id) =>
  done(() => remove(`${address}/requests/${id}/answer`), say("orders.script.reopened", { name: nameOf(id) }));

// result: null takes it back.
const outcomes = ({ task, slots }, result) =>
  post(`${address}/outcomes`, { outcomes: slots.split(" ").map((slot) => ({ task, slot: Number(slot), result })) });

const finish = (id, { dataset }) =>
  done(
    () => outcomes(dataset, "done"),
    say("orders.script.done", { name: nameOf(id) }),
    () => outcomes(dataset, null),
  );

const SAID = { refusal: "refused", handling: "handled" };

const decline = (id, way, words) =>
  done(
    () => post(`${address}/requests/${id}/${way}`, { words }),
    say(`orders.script.${SAID[way]}`, { name: nameOf(id) }),
    () => remove(`${address}/requests/${id}/answer`),
  );

// was: how it was rated before, which taking it back brings again.
const rate = (id, rating, words, was) =>
  done(
    () => post(`${address}/orders/${id}/rating`, { rating, words }),
    say("orders.script.rated", { name: nameOf(id) }),
    () => post(`${address}/orders/${id}/rating`, was),
  );

const ratingOf = ({ elements }) => ({ rating: Number(elements.rating.value) || null, words: elements.words.value });
const ratingBefore = ({ elements }) => ({
  rating: Number([...elements.rating].find((one) => one.defaultChecked)?.value) || null,
  words: elements.words.defaultValue,
});

const acts = { accept, reopen, done: finish };

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  once(button, () => acts[button.dataset.act](button.closest("[data-order]").dataset.order, button)).catch(tellFault);
});

// Before page.js, which holds a form that is on its way elsewhere.
const submitted = (event) => {
  const form = event.target;
  const { declining, rating: rated } = form.dataset;
  if (!declining && !rated) return;
  event.preventDefault();
  const { rating, words } = rated ? ratingOf(form) : {};
  const act = () =>
    declining
      ? decline(declining, event.submitter.value, form.elements.words.value.trim())
      : rate(rated, rating, words, ratingBefore(form));
  once(form, act).catch(tellFault);
};
document.addEventListener("submit", submitted, true);

if (taken) {
  history.replaceState(null, "", location.pathname);
  const strike = () => takenBack(() => remove(`${address}/orders/${taken}`)).catch(tellFault);
  tell(say("orders.script.taken", { name: nameOf(taken) }), { undo: strike });
}
