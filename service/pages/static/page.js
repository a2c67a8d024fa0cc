// What every page does: keys, drafts, the running job, menus that close.
import { get } from "./api.js";
import { undo } from "./band.js";
import { keepCounts } from "./counts.js";
import { forgetDraft, keepDrafts, wipeDrafts } from "./drafts.js";
import { begin, forget } from "./job.js";
import { bindKey, listenToKeys } from "./keys.js";

listenToKeys();
keepDrafts();
keepCounts();
begin();

const menus = () => document.querySelectorAll("details.menu[open]");
const search = () => document.querySelector("[type=search]");

bindKey("/", "script.key.find", () => search().focus(), () => search() !== null);
bindKey("Ctrl+z", "script.key.undo", () => undo());
bindKey("Escape", "script.key.back", () => {
  const open = [...menus()];
  for (const menu of open) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  return open.length > 0;
});

document.addEventListener("click", (event) => {
  for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());

// Days that are folded on the screen are printed all the same.
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("details.day:not([open])")];
  for (const day of unfolded) day.open = true;
});
addEventListener("afterprint", () => {
  for (const day of unfolded) day.open = false;
});

document.getElementById("sign-out")?.addEventListener("submit", () => {
  wipeDrafts();
  forget();
});

// Whoever presses twice does it once. Fields stay as they are: a form without them would be sent empty.
const PATIENT = 10000;
const ready = new WeakSet();
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented) return;
  if (ready.delete(form)) return forgetDraft(form);
  if (form.ariaBusy === "true") return event.preventDefault();
  form.ariaBusy = "true";
  // Where it leads nowhere (the network, Esc), it can be pressed again.
  setTimeout(() => (form.ariaBusy = null), PATIENT);
  const asks = form.method === "post" && document.body.dataset.account && form.id !== "sign-out";
  if (!asks) return forgetDraft(form);
  event.preventDefault();
  sendSignedIn(form, submitter);
});

// Whose session has ended signs in over the page first: what was typed stays, and is sent then.
async function sendSignedIn(form, submitter) {
  await get("/v1/me").catch(() => null);
  ready.add(form);
  form.requestSubmit(submitter);
}
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) form.ariaBusy = null;
});
