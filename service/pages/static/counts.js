// What waits, beside its page in the bar: 变动 3, 微清单 2, 通知 n 处未发布 n 人未通知. Whoever changes the week says so: new Event("week:changed").
import { get } from "./api.js";
import { say } from "./words.js";

// Page of the bar → the facts of the week that are counted beside it.
const COUNTED = { changes: ["asked"], orders: ["ordered"], tell: ["unpublished", "untold"] };

export function keepCounts() {
  const { week } = document.body.dataset;
  const links = [...document.querySelectorAll("[data-nav]")].filter((link) => link.dataset.nav in COUNTED);
  if (!week || !links.length) return;
  const key = `counts:${week}:${document.body.dataset.account}`;
  const folds = [...document.querySelectorAll(".phone .menu")];
  const draw = (facts) => {
    for (const link of links) show(link, COUNTED[link.dataset.nav], facts);
    for (const fold of folds) show(fold.querySelector("summary"), countedIn(fold, links), facts);
  };
  // As they were when this tab last asked: so the bar stands still while they are asked for.
  draw(JSON.parse(sessionStorage.getItem(key) ?? "{}"));
  let turn = 0;
  const read = async () => {
    const mine = (turn += 1);
    const { asked, ordered, unpublished, untold } = await get(`/v1/weeks/${week}/facts`);
    if (mine !== turn) return;
    const facts = { asked, ordered, unpublished, untold };
    sessionStorage.setItem(key, JSON.stringify(facts));
    draw(facts);
  };
  const quietly = () => read().catch(() => {});
  document.addEventListener("week:changed", quietly);
  quietly();
}

// What others wait for on the pages that a menu hides; what is one's own to publish and tell is counted inside.
const countedIn = (fold, links) => {
  const inside = links.filter((link) => fold.contains(link)).map((link) => COUNTED[link.dataset.nav]);
  return inside.filter((facts) => facts.length === 1).flat();
};

function show(place, counted, facts) {
  place.querySelector(":scope > .counts")?.remove();
  const waiting = counted.filter((fact) => facts[fact]);
  const words = waiting.map((fact) => say(`script.counts.${fact}`, { count: facts[fact] })).join(" ");
  if (!words) return;
  const mark = piece("counts", words);
  // One number says enough beside its page; it is read out with its words.
  if (counted.length === 1) {
    mark.title = words;
    mark.classList.add("number");
    mark.replaceChildren(piece("unseen", words), piece("", facts[waiting[0]]));
    mark.lastChild.ariaHidden = "true";
  }
  place.append(mark);
}

function piece(className, textContent) {
  return Object.assign(document.createElement("span"), { className, textContent });
}
