// One plan: its search is followed while it runs; then what it would change; adopting it with its words copied.
import { post } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import { copy } from "./copy.js";
import { island } from "./island.js";
import { follow, followed, forget, onJob } from "./job.js";
import { fill } from "./part.js";
import { say } from "./words.js";

const { week, plan, state, searches, adopted } = island("data");
const here = `/w/${week}/plans/${plan}`;
const acts = document.getElementById("acts");
const adopt = document.getElementById("adopt");
const both = document.getElementById("adopt-copy");
const difference = document.getElementById("difference");
const COPIED = `copied:${plan}`;
const EACH = 1000;
let drawing = false;
let late = 0;
let score = "";

if (searches) {
  onJob(heard);
  follow(plan, here);
} else if (followed() === plan) {
  forget();
}
if (difference && acts.querySelector("#adopt:not(:disabled)")) show();

function heard(job) {
  if (job.id !== plan) return;
  if (job.ended_at) {
    announce(say("plan.script.ready"));
    location.reload();
  } else if (job.state !== state) {
    location.reload();
  } else {
    draw(job);
  }
}

async function draw(job) {
  late = drawing ? job : 0;
  if (drawing) return;
  drawing = true;
  try {
    await fill(document.getElementById("progress"), `${here}/progress`);
    const found = JSON.stringify(job.score);
    if (job.score && found !== score) {
      score = found;
      adopt.disabled = false;
    }
  } catch {
    // The next event draws it.
  }
  setTimeout(() => {
    drawing = false;
    if (late) draw(late);
  }, EACH);
}

async function show() {
  try {
    await fill(difference, `${here}/difference`);
    if (both) both.disabled = !document.getElementById("texts");
  } catch (error) {
    tellFault(error, { again: show });
  }
}

// What to tell everybody: names first, a line for each piece of news.
function texts() {
  const people = [...document.querySelectorAll("#texts .person")];
  return people
    .map((one) => [one.querySelector("strong"), ...one.querySelectorAll("li")].map((said) => said.textContent.trim()))
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

both?.addEventListener("click", async (event) => {
  event.preventDefault();
  const how = await copy(texts(), document.getElementById("texts"));
  sessionStorage.setItem(COPIED, how);
  acts.requestSubmit(adopt);
});

if (adopted && location.hash === "#adopted") {
  const how = sessionStorage.getItem(COPIED);
  history.replaceState(null, "", here);
  tell(say(how === "copied" ? "plan.script.adopted_copied" : "plan.script.adopted"), { undo });
}
document.getElementById("undo")?.addEventListener("click", undo);

async function undo() {
  try {
    await post(`/v1/weeks/${week}/undo`, { revision: adopted });
    tell(say("plan.script.undone"));
    document.getElementById("undo")?.remove();
  } catch (error) {
    tellFault(error);
  }
}
