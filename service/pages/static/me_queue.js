// What could not be sent waits on the phone, each with its idempotency key, and is sent once there is a network.
import { newKey, post } from "./api.js";
import { tell } from "./band.js";
import { say } from "./words.js";

const PLACE = "lianxin-me-waiting";
const account = document.body.dataset.account;

function waiting() {
  const kept = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
  return kept.filter((one) => one.account === account);
}

function keep(list) {
  if (list.length) localStorage.setItem(PLACE, JSON.stringify(list));
  else localStorage.removeItem(PLACE);
  const said = document.getElementById("waiting");
  if (!said) return;
  said.hidden = list.length === 0;
  said.textContent = list.length ? say("me.script.waiting", { count: list.length }) : "";
}

// True once it is sent; false where it waits. Raises ApiError for what the service refuses.
export async function sendOrKeep(path, body) {
  const key = newKey();
  try {
    await post(path, body, { key });
    return true;
  } catch (error) {
    if (error.code !== "offline") throw error;
    keep([...waiting(), { account, path, body, key }]);
    return false;
  }
}

let sending = false;

// Sends what waits, in its order.
export async function flush() {
  let list = waiting();
  keep(list);
  if (sending || !list.length) return;
  sending = true;
  let fault = null;
  while (list.length) {
    const { path, body, key } = list[0];
    try {
      await post(path, body, { key });
    } catch (error) {
      if (error.code === "offline") break;
      fault = error;
    }
    list = waiting().slice(1);
    keep(list);
  }
  sending = false;
  if (fault) tell(say("me.script.not_sent", { why: fault.message }));
  else if (!list.length) tell(say("me.script.sent"));
}
