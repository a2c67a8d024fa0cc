// The map of a day: draws what the page's list says, leads from a mark to its line and back, and finds people.
import { Basemap } from "./drawings/basemap.js";
import { drawEverybody, drawRoutes, drawUndone } from "./drawings/routes.js";
import { announce } from "./band.js";
import { island } from "./island.js";
import { say } from "./words.js";

const data = island("data");
const work = document.querySelector(".map-work");
const find = document.getElementById("find");

document.querySelector(".days [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
if (data) show(new Basemap(document.getElementById("map-figure"), data));
if (find) findPeople();

function show(map) {
  if (data.everybody.length) drawEverybody(map, data.everybody);
  const asides = drawn(map);
  drawUndone(map, data.undone, asides);
  const points = data.routes.flatMap(({ line }) => line);
  if (points.length) map.around(points);
  else map.show(map.whole);
  const marks = (id) => map.svg.querySelectorAll(`[data-id~="${id}"]`);
  const owner = (event) => event.target.closest?.(".map-list li[id]");
  for (const [name, on] of [["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]])
    work.addEventListener(name, (event) => { for (const mark of marks(owner(event)?.id)) mark.classList.toggle("here", on); });
  map.svg.addEventListener("click", (event) => {
    const id = event.target.closest("[data-id]")?.dataset.id.split(" ")[0];
    if (id && !map.dragged) goTo(document.getElementById(id));
  });
}

function drawn(map) {
  return data.routes.length ? drawRoutes(map, data.routes) : undefined;
}

// A mark leads to its line in the list: to the stop, to what is undone; a line of somebody's whole day opens that day.
function goTo(line) {
  const link = line.querySelector("a");
  if (line.matches(".one")) return link.click();
  if (work.dataset.see === "map" && line.offsetParent === null) work.dataset.see = "list";
  for (let fold = line.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  line.scrollIntoView({ block: "nearest" });
  link.focus({ preventScroll: true });
  announce(line.innerText);
}

function findPeople() {
  const lines = [...document.querySelectorAll(".everybody .one")];
  const none = document.getElementById("none-found");
  find.addEventListener("input", () => {
    const text = find.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.dataset.find.toLowerCase().includes(text);
    for (const role of document.querySelectorAll("[data-role]")) role.hidden = !role.querySelector(".one:not([hidden])");
    const found = lines.filter((line) => !line.hidden).length;
    none.hidden = found > 0;
    announce(found ? say("map.script.found", { count: found }) : none.textContent);
  });
}
