// A piece of a page that the server draws: fetched and put in its place. What it held and was open stays open.
import { ApiError } from "./api.js";
import { asksToSignIn, signInAgain } from "./sign_in.js";
import { lang } from "./words.js";

export async function fill(element, path) {
  element.ariaBusy = "true";
  try {
    const answer = await asked(path);
    const open = [...element.querySelectorAll("details")].map((one) => one.open);
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    made.querySelectorAll("details").forEach((one, at) => (one.open = open[at] ?? one.open));
    element.replaceChildren(...made.body.childNodes);
  } finally {
    element.ariaBusy = null;
  }
}

async function asked(path) {
  for (;;) {
    const headers = { Accept: "text/html", "Accept-Language": lang };
    const answer = await fetch(path, { headers, credentials: "same-origin" }).catch(() => null);
    if (answer === null) throw new ApiError(0, {});
    if (answer.ok && !asksToSignIn(answer)) return answer;
    if (!answer.ok && answer.status !== 401) throw new ApiError(answer.status, {});
    await signInAgain();
  }
}
