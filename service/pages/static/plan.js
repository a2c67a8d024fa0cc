// One plan: its search is followed while it runs; then what it would change; adopting it with its words copied.
import { post } from "./api.js";
import { announce, tell, tellFault } from "./band.js";
import { copy } from "./copy.js";
import { island } from "./island.js";
import { follow, followed, forget, onJob } from "./job.js";
import { once } from "./once.js";
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
let leaving = false;
let again = false;
let late = 0;
let score = "";

// Once it is adopted its search is nobody's any more: to load the page anew would take away what is told here.
if (searches && !adopted) {
  onJob(heard);
  follow(plan, here);
} else if (followed() === plan) {
  forget();
}
if (difference?.ariaBusy) show();

function heard(job) {
  if (leaving || job.id !== plan) return;
  if (job.ended_at) {
    announce(say("plan.script.ready"));
    load();
  } else if (job.state !== state) {
    load();
  } else {
    draw(job);
  }
}

function load() {
  again = true;
  location.reload();
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
      adopt?.removeAttribute("disabled");
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
    if (both) both.disabled = !texts();
  } catch (error) {
    tellFault(error, { again: show });
  }
}

// What to tell everybody: names first, a line for each piece of news.
function texts() {
  const news = document.getElementById("news");
  if (news) return news.textContent;
  const people = [...document.querySelectorAll("#texts .person")];
  return people
    .map((one) => [one.querySelector("strong"), ...one.querySelectorAll("li")].map((said) => said.textContent.trim()))
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

// What was sent is waited for, whatever becomes of the search meanwhile.
acts?.addEventListener("submit", () => {
  leaving = true;
  // The page that is on its way would take what was pressed away with it.
  if (again) window.stop();
});

both?.addEventListener("click", async (event) => {
  event.preventDefault();
  const news = document.getElementById("news");
  if ((await copy(texts(), news ?? document.getElementById("texts"))) !== "copied") {
    // Nothing is adopted yet, so that what is selected stays to be copied by hand.
    news?.closest("details").setAttribute("open", "");
    return tell(say("plan.script.select"));
  }
  acts.elements.news.value = news?.dataset.head ?? "";
  acts.elements.work.value = difference.querySelector("[data-work]").dataset.work;
  sessionStorage.setItem(COPIED, news?.dataset.count ?? "");
  acts.requestSubmit(adopt);
});

const BECAME = { "#published": "adopted_published", "#stale": "adopted_stale", "#adopted": "adopted" };
if (adopted && BECAME[location.hash]) {
  const count = sessionStorage.getItem(COPIED);
  const copied = location.hash === "#adopted" && count !== null ? "_copied" : "";
  sessionStorage.removeItem(COPIED);
  tell(say(`plan.script.${BECAME[location.hash]}${copied}`, { count: Number(count) }), { undo });
  history.replaceState(null, "", here);
}
// Its search ends, and the page is loaded anew then: it is told once there is nothing more to come.
if (!adopted && location.hash === "#improved") {
  sessionStorage.removeItem(COPIED);
  tell(say("plan.script.improved"));
  if (!searches) history.replaceState(null, "", here);
}
document.getElementById("undo")?.addEventListener("click", ({ target }) => once(target, undo));

async function undo() {
  try {
    await post(`/v1/weeks/${week}/undo`, { revision: adopted });
    tell(say("plan.script.undone"));
    document.getElementById("undo")?.remove();
  } catch (error) {
    tellFault(error);
  }
}
