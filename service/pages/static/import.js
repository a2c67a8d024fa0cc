// Cells that were typed into look so; Enter goes to the next faulty cell, and no half-typed pinyin does.
import { keyOf } from "./keys.js";

const form = document.getElementById("mend");
const before = new Map();
for (const input of form.querySelectorAll(".grid input")) before.set(input, input.defaultValue);

const look = (input) => input.classList.toggle("typed", input.value !== before.get(input));
for (const input of before.keys()) look(input);

// A wide sheet shows its first fault.
for (const region of form.querySelectorAll(".scroll")) {
  const first = region.querySelector(".faulty") ?? region.querySelector(".odd");
  const cell = first?.closest("td");
  if (cell && cell.offsetLeft + cell.offsetWidth > region.clientWidth) region.scrollLeft = cell.offsetLeft - region.clientWidth / 3;
}

form.addEventListener("input", (event) => before.has(event.target) && look(event.target));
form.addEventListener("keydown", (event) => {
  if (keyOf(event) !== "Enter" || !before.has(event.target)) return;
  event.preventDefault();
  const faulty = [...form.querySelectorAll(".grid .faulty")];
  const next = faulty.find((input) => event.target.compareDocumentPosition(input) & Node.DOCUMENT_POSITION_FOLLOWING);
  (next ?? form.querySelector(".foot button")).focus();
});
// Only what was typed is sent.
form.addEventListener("submit", () => {
  for (const [input, text] of before) input.disabled = input.value === text;
});
addEventListener("pageshow", () => {
  for (const input of before.keys()) input.disabled = false;
});
