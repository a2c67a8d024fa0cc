// The chip of the running job, on every page. One EventSource, only while a job runs and the page is
// seen; whatever happens to it, the job itself is asked.
import { get } from "./api.js";
import { say } from "./words.js";

const KEY = "job";
const AGAIN = 3000;
const OPEN = new Set(["queued", "running"]);
const chip = document.getElementById("job");
const followers = new Set();
let source = null;
let timer = 0;
let turn = 0;

// The id of the job that this tab follows; null for none.
export const followed = () => sessionStorage.getItem(KEY);

// Follow a job from now on, on this page and those after it. href: where its plan is shown.
export function follow(id, href = null) {
  sessionStorage.setItem(KEY, id);
  if (href) sessionStorage.setItem(`${KEY}:href`, href);
  begin();
}

// Show no chip any more: the plan was looked at.
export function forget() {
  stop();
  for (const key of [KEY, `${KEY}:href`]) sessionStorage.removeItem(key);
  if (chip) chip.hidden = true;
}

// Have a function told how the job stands, at once and with each change. Returns what ends it.
export function onJob(act) {
  followers.add(act);
  return () => followers.delete(act);
}

export function begin() {
  stop();
  if (followed() && !document.hidden) ask();
}

document.addEventListener("visibilitychange", begin);
addEventListener("pagehide", stop);

function stop() {
  turn += 1;
  clearTimeout(timer);
  source?.close();
  source = null;
}

async function ask() {
  const [id, mine] = [followed(), turn];
  try {
    const job = await get(`/v1/jobs/${id}`);
    if (mine !== turn) return;
    show(job);
    if (OPEN.has(job.state)) listen(id);
  } catch (error) {
    if (mine !== turn) return;
    if (error.status === 404 || error.status === 403) forget();
    else timer = setTimeout(begin, AGAIN);
  }
}

function listen(id) {
  source = new EventSource(`/v1/jobs/${id}/events`);
  const heard = (event) => show(JSON.parse(event.data));
  source.addEventListener("status", heard);
  source.addEventListener("end", (event) => {
    heard(event);
    stop();
  });
  source.addEventListener("error", () => {
    stop();
    timer = setTimeout(begin, AGAIN);
  });
}

const STATES = { queued: "queued", running: "running", succeeded: "ready" };

function show(job) {
  const state = STATES[job.state] ?? "failed";
  if (chip) {
    chip.dataset.state = state;
    chip.textContent = say(`script.job.${state}`, { position: job.position ?? 1 });
    chip.href = sessionStorage.getItem(`${KEY}:href`) ?? chip.href;
    chip.hidden = false;
  }
  for (const act of followers) act(job);
}
