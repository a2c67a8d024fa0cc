// My week: one tap says what became of a stop; what cannot be sent waits on the phone. Nothing is required.
import { get, post, remove } from "./api.js";
import { tell, tellFault } from "./band.js";
import { copy } from "./copy.js";
import { island } from "./island.js";
import { flush, sendOrKeep } from "./me_queue.js";
import { forgetDraft } from "./drafts.js";
import { once } from "./once.js";
import { weekPicture } from "./week_picture.js";
import { say } from "./words.js";

const own = island("data");
const root = (place = own) => `/v1/weeks/${place.week}/people/${encodeURIComponent(place.person)}`;
const one = (selector, of = document) => of.querySelector(selector);

function shown(stop, chip, text) {
  const mark = one(`.chip.${chip}`, stop);
  mark.hidden = !text;
  mark.lastElementChild.textContent = text;
  if (chip === "said") stop.classList.toggle("finished", Boolean(text));
}

// The local moment so many minutes after the week's first midnight, as the API takes it.
function local(minute) {
  const day = own.days[Math.min(own.days.length - 1, Math.floor(minute / 1440))];
  const rest = minute - own.days.indexOf(day) * 1440;
  const part = (number) => String(number).padStart(2, "0");
  return rest < 1440 ? `${day}T${part(Math.floor(rest / 60))}:${part(rest % 60)}` : null;
}

async function mark(stop, result, minutes = 0) {
  const { task, slot } = stop.dataset;
  const was = one(".chip.said > :last-child", stop).textContent;
  const end = minutes ? local(Number(stop.dataset.end) + minutes) : null;
  const outcome = { task, slot: Number(slot), result, ...(end ? { end } : {}) };
  const kind = minutes ? "longer" : { done: "done", nobody_in: "nobody" }[result];
  shown(stop, "said", result ? say(`me.script.state_${kind}`, { minutes }) : "");
  try {
    const sent = await sendOrKeep(`${root()}/outcomes`, { outcomes: [outcome] });
    if (!sent) return;
    if (!result) tell(say("me.script.undone"));
    else tell(say(`me.script.${kind}`, { minutes }), { undo: () => mark(stop, null) });
  } catch (error) {
    shown(stop, "said", was);
    tellFault(error);
  }
}

async function ask(place, wanted, stop = null) {
  try {
    const made = await post(`${root(place)}/requests`, wanted);
    if (stop) shown(stop, "asked", say("me.script.state_open"));
    tell(say("me.script.asked"), { undo: () => withdraw(place, made.id, stop) });
    return made;
  } catch (error) {
    tellFault(error);
    return null;
  }
}

async function withdraw(place, id, stop = null) {
  try {
    await remove(`${root(place)}/requests/${id}`);
    if (stop) shown(stop, "asked", "");
    if (stop?.matches(".duty")) offered(stop, "");
    one(`[data-request="${id}"]`)?.remove();
    tell(say("me.script.withdrawn"));
  } catch (error) {
    tellFault(error);
  }
}

function offered(stop, id) {
  one("[data-ask]", stop).hidden = Boolean(id);
  const back = one("[data-withdraw]", stop);
  back.hidden = !id;
  back.dataset.withdraw = id;
}

function toggled(stop, button) {
  for (const form of stop.querySelectorAll("[data-form]")) {
    const open = form.dataset.form === button.dataset.open && form.hidden;
    form.hidden = !open;
    one(`[data-open="${form.dataset.form}"]`, stop).ariaExpanded = String(open);
    if (open) one("button, input", form).focus();
  }
}

function closed(stop) {
  for (const form of stop.querySelectorAll("[data-form]")) form.hidden = true;
  for (const button of stop.querySelectorAll("[data-open]")) button.ariaExpanded = "false";
}

async function onClick({ target }) {
  const button = target.closest("button");
  const stop = target.closest(".stop");
  if (!button) return;
  if (button.dataset.withdraw) {
    await withdraw(stop?.matches(".duty") ? stop.dataset : own, button.dataset.withdraw, stop);
  } else if ("mark" in button.dataset) {
    closed(stop);
    await mark(stop, button.dataset.mark || null);
  } else if (button.dataset.open) {
    toggled(stop, button);
  } else if (button.dataset.minutes) {
    closed(stop);
    await mark(stop, "done", Number(button.dataset.minutes));
  } else if ("ask" in button.dataset) {
    const { task, slot } = stop.dataset;
    await once(button, async () => {
      const made = await ask(stop.dataset, { kind: "duty", task, slot: Number(slot) }, stop);
      if (made) offered(stop, made.id);
    });
  }
}

async function onForm(event) {
  const form = event.target.closest("form[data-form]");
  if (!form) return;
  event.preventDefault();
  const stop = form.closest(".stop");
  if (form.dataset.form === "longer") {
    const minutes = Number(form.elements.minutes.value);
    if (!(minutes >= 1 && minutes <= 600)) {
      form.elements.minutes.ariaInvalid = "true";
      tell(say("me.script.bad_minutes"));
      return;
    }
    closed(stop);
    await mark(stop, "done", Math.round(minutes));
    return;
  }
  const { task, slot } = stop.dataset;
  const words = form.elements.words.value;
  closed(stop);
  await once(form, () => ask(own, { kind: form.dataset.form, task, slot: Number(slot), words }, stop));
}

const dayAfter = (day) => own.days[own.days.indexOf(day) + 1] ?? own.after;

// Nobody is back before they are away.
function lastDayFollows({ target: from }) {
  const to = from.form.elements.to, first = from.selectedOptions[0].dataset.date ?? from.value;
  if (to.value < first) to.value = first;
}

async function callSick(form) {
  const { from, to, words } = form.elements;
  const chosen = from.selectedOptions[0];
  const now = Number(chosen.dataset.minute);
  const part = (number) => String(number).padStart(2, "0");
  const start = chosen.value === "now" ? `${chosen.dataset.date}T${part(Math.floor(now / 60))}:${part(now % 60)}` : `${chosen.value}T00:00`;
  const last = to.value < start.slice(0, 10) ? start.slice(0, 10) : to.value;
  const made = await ask(own, { kind: "sick", span: { start, end: `${dayAfter(last)}T00:00` }, words: words.value });
  if (!made) return;
  form.closest("details").open = false;
  forgetDraft(form);
}

async function receive({ currentTarget: button }) {
  try {
    await post(`${root()}/received`, { publication: own.publication });
    button.closest(".receive").classList.add("known");
    button.replaceWith(Object.assign(document.createElement("span"), { className: "chip good", textContent: `✓ ${say("me.script.received")}` }));
    tell(say("me.script.received"));
  } catch (error) {
    tellFault(error);
  }
}

async function subscribe() {
  try {
    const answer = await fetch("/me/calendar", { method: "POST", headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { url } = await answer.json();
    const place = one("#address");
    place.textContent = url;
    place.hidden = false;
    tell(say((await copy(url, place)) === "copied" ? "script.copied" : "script.select"));
  } catch (error) {
    tellFault(error);
  }
}

async function draw() {
  try {
    const { blob, words } = await weekPicture(await get(`${root()}/part`), own.names);
    const shown = one("#picture");
    URL.revokeObjectURL(shown.src);
    shown.src = URL.createObjectURL(blob);
    shown.alt = words;
    shown.hidden = one("#picture-hint").hidden = false;
    await shown.decode();
    shown.scrollIntoView({ block: "nearest" });
  } catch (error) {
    tellFault(error);
  }
}

async function copyText() {
  const text = one("#text");
  const done = await copy(text.textContent, text);
  if (done !== "copied") text.classList.remove("unseen");
  tell(say(done === "copied" ? "script.copied" : "script.select"));
}

document.addEventListener("click", onClick);
// Before page.js, which holds a form that is on its way elsewhere.
document.addEventListener("submit", onForm, true);
one("#sick")?.addEventListener("submit", (event) => {
  event.preventDefault();
  once(event.target, () => callSick(event.target));
});
one("#sick-from")?.addEventListener("change", lastDayFollows);
one("#receive")?.addEventListener("click", receive);
one("#subscribe")?.addEventListener("click", subscribe);
one("#draw")?.addEventListener("click", draw);
one("#copy")?.addEventListener("click", copyText);
if (/MicroMessenger/i.test(navigator.userAgent)) {
  for (const id of ["#download", "#subscribe"]) if (one(id)) one(id).hidden = true;
  if (one("#in-app")) one("#in-app").hidden = false;
}
if (own) {
  flush();
  addEventListener("online", flush);
}
if (navigator.serviceWorker && one("#kept")) {
  navigator.serviceWorker.register("/me/worker.js", { scope: "/me" }).then(
    () => (one("#kept").hidden = false),
    () => {},
  );
}
