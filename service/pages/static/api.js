// Asks the service: /v1/… as JSON. What fails is an ApiError in the reader's words.
import { signInAgain } from "./sign_in.js";
import { lang, say } from "./words.js";

export class ApiError extends Error {
  // problems: [{pointer, text, remedy}] in the reader's language. body: the whole answer.
  constructor(status, body) {
    const refused = body.code === "not_allowed";
    // A page of who need not sign in is refused nothing, until a worker's link is opened beside it.
    const lent = refused && !document.body.dataset.account;
    const said = lent ? say("script.lent") : refused ? say("script.not_allowed") : "";
    super(said || body.detail || body.title || say("script.offline"));
    this.status = status;
    this.lent = lent;
    this.code = body.code ?? "offline";
    this.detail = body.detail ?? "";
    this.body = body;
    this.problems = (body.problems ?? []).map(({ pointer, text, remedy, code, severity }) => ({
      pointer,
      code,
      severity,
      text: text[lang],
      remedy: remedy[lang],
    }));
  }
}

// A new Idempotency-Key: the same act sent again does nothing twice. Works over plain http, too.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const get = (path) => call("GET", path);
export const post = (path, body, options) => call("POST", path, body, options);
export const put = (path, body, options) => call("PUT", path, body, options);
export const remove = (path, options) => call("DELETE", path, undefined, options);

const BUSY = new Set([429, 503]);
const TRIES = 3;

// One act. key: of the act, so that whoever tries it again later gives the same one.
async function call(method, path, body, { key = newKey() } = {}) {
  for (let tried = 1; ; tried++) {
    const answer = await sent(method, path, body, key);
    if (answer.ok) return answer.status === 204 ? null : answer.json();
    if (answer.status === 401) {
      await signInAgain();
      continue;
    }
    const wait = Number(answer.headers.get("Retry-After"));
    if (BUSY.has(answer.status) && wait > 0 && wait <= 10 && tried < TRIES) {
      await new Promise((done) => setTimeout(done, wait * 1000));
      continue;
    }
    throw new ApiError(answer.status, await answer.json().catch(() => ({})));
  }
}

async function sent(method, path, body, key) {
  const headers = { Accept: "application/json", "Accept-Language": lang };
  if (method !== "GET") headers["Idempotency-Key"] = key;
  const text = body === undefined ? undefined : JSON.stringify(body);
  if (text !== undefined) headers["Content-Type"] = "application/json";
  // Who leaves the page at once has done it all the same. Browsers send no more than 64 kB so at one time.
  const keepalive = method !== "GET" && (text ?? "").length < 2000;
  try {
    return await fetch(path, { method, headers, body: text, credentials: "same-origin", keepalive });
  } catch {
    throw new ApiError(0, {});
  }
}
