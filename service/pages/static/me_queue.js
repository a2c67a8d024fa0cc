// What is pressed is kept on the phone, with its idempotency key, until the service has it: so it is neither lost
// where the page is left at once on a slow line, nor where there is no network.
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
}

function showWaiting() {
  const said = document.getElementById("waiting");
  const count = waiting().length;
  if (!said) return;
  said.hidden = count === 0;
  said.textContent = count ? say("me.script.waiting", { count }) : "";
}

// One after another, as they were pressed: on a slow line the first would else arrive after what takes it back.
let turn = Promise.resolve();
function inTurn(act) {
  const done = turn.then(act);
  turn = done.catch(() => {});
  return done;
}

// What the service refused, by its key, until whoever sent it knows.
const refused = new Map();
function faultOf(key) {
  const fault = refused.get(key);
  refused.delete(key);
  return fault;
}

// True once it is sent; false where it waits. Raises ApiError for what the service refuses.
export async function sendOrKeep(path, body) {
  const key = newKey();
  keep([...waiting(), { account, path, body, key }]);
  await inTurn(sendAll);
  const fault = faultOf(key);
  if (fault) throw fault;
  return waiting().every((one) => one.key !== key);
}

// Sends what was left waiting, in its order.
export async function flush() {
  const left = waiting();
  if (!left.length) return;
  await inTurn(sendAll);
  const fault = left.map(({ key }) => faultOf(key)).find(Boolean);
  if (fault) tell(say("me.script.not_sent", { why: fault.message }));
  else if (!waiting().length) tell(say("me.script.sent"));
}

// Until nothing waits, or there is no network.
async function sendAll() {
  for (let list = waiting(); list.length; list = waiting()) {
    const { path, body, key } = list[0];
    try {
      await post(path, body, { key });
    } catch (error) {
      if (error.code === "offline") break;
      refused.set(key, error);
    }
    keep(waiting().filter((one) => one.key !== key));
  }
  showWaiting();
}
