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

// One after another, as they were pressed: on a slow line the first would else arrive after what takes it back.
let turn = Promise.resolve();
function inTurn(act) {
  const done = turn.then(act);
  turn = done.catch(() => {});
  return done;
}

// True once it is sent; false where it waits. Raises ApiError for what the service refuses.
export const sendOrKeep = (path, body) => inTurn(() => sent(path, body));

async function sent(path, body) {
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

// Sends what waits, in its order.
export const flush = () => inTurn(flushed);

async function flushed() {
  let list = waiting();
  keep(list);
  if (!list.length) return;
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
  if (fault) tell(say("me.script.not_sent", { why: fault.message }));
  else if (!list.length) tell(say("me.script.sent"));
}
