// Fields that name work or a place: what is meant is found as it is typed.
import { get } from "./api.js";
import { tellFault } from "./band.js";
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { lang } from "./words.js";

const { week } = island("data");
const PAUSE = 200;

for (const input of document.querySelectorAll("[data-find]")) {
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find(input), PAUSE);
  });
  // Enter takes what is found and sends nothing by accident.
  input.addEventListener("keydown", (event) => keyOf(event) === "Enter" && event.preventDefault());
}

async function find(input) {
  const text = input.value.trim();
  if (!text || text.includes("·")) return;
  try {
    const { hits } = await get(`/v1/weeks/${week}/search?q=${encodeURIComponent(text)}`);
    const shown = hits.filter((hit) => hit.kind === input.dataset.find).slice(0, 12);
    input.list.replaceChildren(
      ...shown.map((hit) => new Option(hit.detail[lang], `${hit.name[lang]} · ${hit.detail[lang]} · ${hit.id}`)),
    );
  } catch (error) {
    tellFault(error);
  }
}
