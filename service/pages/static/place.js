// A place on the map: set by a click, by its coordinates, by where this device is, or left without.
import { Basemap } from "./drawings/basemap.js";
import { island } from "./island.js";
import { saveCell } from "./record_cell.js";
import { say } from "./words.js";

const PIN = "M0 0C-8-14-16-20-16-30a16 16 0 1 1 32 0C16-20 8-14 0 0Z";
const { map: shown } = island("data");
const map = shown ? new Basemap(document.getElementById("map-figure"), shown) : null;
const form = document.getElementById("point");
const input = form?.elements.point;
const said = document.getElementById("point-said");

// at: [x, y]; null: it has no coordinates.
function pin(at) {
  if (!map) return;
  map.clear();
  if (at) {
    const mark = map.mark(at, { class: "pin" });
    map.shape("path", { d: PIN }, mark);
    map.shape("circle", { cy: -30, r: 6 }, mark);
  }
  map.show(map.box);
}

function fault(problems) {
  said.hidden = problems.length === 0;
  said.textContent = problems.map(({ text, remedy }) => `${text} ${remedy}`).join(" ");
  input.toggleAttribute("aria-invalid", problems.length > 0);
  if (problems.length) input.setAttribute("aria-invalid", "true");
  return problems.length > 0;
}

async function set(text) {
  fault([]);
  const row = await saveCell("point", text, fault);
  if (!row) return;
  input.value = row.cells.point ?? "";
  if (!map) return location.reload();
  const [longitude, latitude] = input.value.split(",").map(Number);
  const { west, north, across, down } = shown.corner;
  pin(input.value ? [((longitude - west) / across) * map.whole[2], ((north - latitude) / down) * map.whole[3]] : null);
}

// Browsers tell where the device is on https and on this machine alone.
function locate(button) {
  button.ariaBusy = "true";
  const done = (act) => (answer) => { button.ariaBusy = null; act(answer); };
  navigator.geolocation.getCurrentPosition(
    done(({ coords }) => set(written(coords.longitude, coords.latitude))),
    done(() => fault([{ text: say("records.script.not_located"), remedy: "" }])),
    { enableHighAccuracy: true, timeout: 20000 },
  );
}

const written = (longitude, latitude) => `${longitude.toFixed(6)}, ${latitude.toFixed(6)}`;

pin(shown?.here);
if (form) {
  map?.svg.addEventListener("click", (event) => {
    if (map.dragged) return;
    const [x, y] = map.at(event), { west, north, across, down } = shown.corner;
    set(written(west + (x / map.whole[2]) * across, north - (y / map.whole[3]) * down));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    set(input.value);
  });
  const here = form.querySelector("[data-act=locate]");
  here.hidden = !isSecureContext;
  here.addEventListener("click", () => locate(here));
  form.querySelector("[data-act=clear]").addEventListener("click", () => set(""));
}
