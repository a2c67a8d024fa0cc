// A layer over the page to sign in again in the middle of something; what is typed below stays.
import { wipeDrafts } from "./drafts.js";
import { say } from "./words.js";

let waiting = null;

// Resolves once somebody is signed in again. Whoever is another person gets a page of their own.
export function signInAgain() {
  waiting ??= opened().finally(() => (waiting = null));
  return waiting;
}

// Whether what came instead of a page is the one to sign in with.
export const asksToSignIn = (answer) => answer.redirected && new URL(answer.url).pathname === "/sign-in";

function opened() {
  const layer = document.createElement("dialog");
  layer.setAttribute("aria-labelledby", "again-title");
  const title = element("h2", { id: "again-title", textContent: say("script.sign_in.title") });
  const lead = element("p", { textContent: say("script.sign_in.lead") });
  const form = element("form", { className: "fields" });
  const fault = element("p", { className: "fault", hidden: true });
  fault.setAttribute("role", "alert");
  const name = field(form, "again-name", say("script.sign_in.name"), "text", "username");
  const password = field(form, "again-password", say("script.sign_in.password"), "password", "current-password");
  name.value = document.body.dataset.account;
  form.append(element("button", { className: "primary", textContent: say("script.sign_in.do") }));
  layer.append(title, lead, fault, form);
  layer.addEventListener("cancel", (event) => event.preventDefault());
  document.body.append(layer);
  layer.showModal();
  (name.value ? password : name).focus();
  return new Promise((done) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const status = await tried(name.value, password.value);
      if (status === 0) {
        if (await isAnother()) {
          wipeDrafts();
          location.reload();
          return;
        }
        layer.remove();
        done();
        return;
      }
      fault.textContent = say(status === 429 ? "script.sign_in.often" : status === 401 ? "script.sign_in.wrong" : "script.offline");
      fault.hidden = false;
      password.value = "";
      password.focus();
    });
  });
}

// 0 where it went well, else the status.
async function tried(name, password) {
  try {
    const body = new URLSearchParams({ name, password, next: "/" });
    const answer = await fetch("/sign-in", { method: "POST", body, redirect: "manual" });
    return answer.type === "opaqueredirect" ? 0 : answer.status;
  } catch {
    return -1;
  }
}

async function isAnother() {
  const answer = await fetch("/v1/me", { headers: { Accept: "application/json" } });
  return !answer.ok || (await answer.json()).name !== document.body.dataset.account;
}

function field(form, id, label, type, autocomplete) {
  const input = element("input", { id, type, autocomplete, required: true });
  input.autocapitalize = "none";
  const box = element("div", { className: "field" });
  box.append(element("label", { htmlFor: id, textContent: label }), input);
  form.append(box);
  return input;
}

function element(name, values) {
  return Object.assign(document.createElement(name), values);
}
