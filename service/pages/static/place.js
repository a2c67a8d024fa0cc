// A place set on the map by a click, by its coordinates, or left without.
import { saveCell } from "./record_cell.js";

const map = document.getElementById("map");
const pin = document.getElementById("pin");
const form = document.getElementById("point");
const input = form.elements.point;
const said = document.getElementById("point-said");

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
  if (!map) return;
  const [longitude, latitude] = input.value.split(",").map(Number);
  pin.setAttribute("visibility", input.value ? "visible" : "hidden");
  if (!input.value) return;
  const { west, north, across, down } = map.dataset;
  const x = ((longitude - west) / across) * 1000;
  const y = ((north - latitude) / down) * map.viewBox.baseVal.height;
  pin.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
}

map?.addEventListener("click", (event) => {
  const box = map.getBoundingClientRect();
  const { west, north, across, down } = map.dataset;
  const longitude = Number(west) + ((event.clientX - box.left) / box.width) * across;
  const latitude = Number(north) - ((event.clientY - box.top) / box.height) * down;
  set(`${longitude.toFixed(6)}, ${latitude.toFixed(6)}`);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  set(input.value);
});
form.querySelector("[data-act=clear]").addEventListener("click", () => set(""));
