// The history: filters go into the address at once; one's own steps are taken back, and that again.
import { post } from "./api.js";
import { tell, tellConflict, tellFault } from "./band.js";
import { island } from "./island.js";
import { say } from "./words.js";

const root = `/v1/weeks/${encodeURIComponent(island("data").week)}`;
const form = document.getElementById("filters");
const KEPT = "history.told";

form.addEventListener("change", () => {
  const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  location.assign(`${form.action}${asked.size ? `?${asked}` : ""}`);
});

document.querySelector(".entries")?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-undo]");
  if (button) undo(button);
});

async function undo(button) {
  const revision = Number(button.dataset.undo);
  button.disabled = true;
  try {
    await post(`${root}/undo`, { revision });
    again(say("history.script.undone", { number: revision }));
  } catch (error) {
    button.disabled = false;
    failed(error);
  }
}

async function redo() {
  try {
    await post(`${root}/redo`, {});
    again("");
  } catch (error) {
    failed(error);
  }
}

function failed(error) {
  if (error.code === "edited_meanwhile") tellConflict(error, { theirs: () => location.reload() });
  else tellFault(error);
}

// The page is drawn anew, with what was done told on it.
function again(text) {
  sessionStorage.setItem(KEPT, text);
  location.reload();
}

const told = sessionStorage.getItem(KEPT);
sessionStorage.removeItem(KEPT);
if (told) tell(told, { undo: redo });
