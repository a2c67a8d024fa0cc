// Draws parts of the page anew as the server draws them now: one template, no second one in a script.
import { asksToSignIn, signInAgain } from "./sign_in.js";

let turn = Promise.resolve();

// selectors: of the parts. Focus, open details (by data-person or id) and what is ticked stay.
// One after another: an answer that was long on its way is never drawn over a later one.
export function refresh(...selectors) {
  const drawn = turn.then(() => drawAnew(selectors));
  turn = drawn.catch(() => {});
  return drawn;
}

async function drawAnew(selectors) {
  const read = () => fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  let answer = await read();
  while (asksToSignIn(answer)) {
    await signInAgain();
    answer = await read();
  }
  if (!answer.ok) return location.reload();
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  await released();
  const focused = path(document.activeElement);
  for (const selector of selectors) {
    const [old, now] = [document.querySelector(selector), fresh.querySelector(selector)];
    if (!old || !now) continue;
    const open = [...old.querySelectorAll("details[open]")].map(path);
    // What is asked of the server stands in the address, and comes ticked from there.
    const ticked = [...old.querySelectorAll("input[id]:checked:not(form[method=get] *)")].map(path);
    old.replaceWith(document.adoptNode(now));
    for (const place of open) if (place) now.querySelector(place)?.setAttribute("open", "");
    for (const place of ticked) if (place && now.querySelector(place)) now.querySelector(place).checked = true;
  }
  if (focused) document.querySelector(focused)?.focus({ preventScroll: true });
  document.dispatchEvent(new Event("week:changed"));
  return fresh;
}

// What is pressed stays until it is let go: a press that ends on another element than it began on does nothing.
let pressed = false;
for (const [kind, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]])
  document.addEventListener(kind, () => (pressed = down), true);

async function released() {
  // One turn later the click has come, too, which follows the release.
  while (pressed) await new Promise((done) => setTimeout(done, 50));
}

// Where an element is found again: by its id, or by its row and what it does there.
function path(element) {
  if (!element || element === document.body) return "";
  if (element.id) return `#${CSS.escape(element.id)}`;
  const row = element.closest("[id]");
  if (!row) return "";
  const inner = element.dataset.act ? `[data-act="${element.dataset.act}"]` : element.localName;
  return `#${CSS.escape(row.id)} ${inner}`;
}
