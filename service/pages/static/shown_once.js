// A secret that is shown once: a button copies it, and says so.
import { tell } from "./band.js";
import { copy } from "./copy.js";
import { say } from "./words.js";

const secret = document.getElementById("secret");
const button = document.querySelector("[data-copy]");

button.hidden = false;
button.addEventListener("click", async () => {
  const done = await copy(secret.value);
  if (done === "selected") secret.select();
  tell(say(done === "copied" ? "shown_once.script.copied" : "shown_once.script.select"));
});
secret.addEventListener("focus", () => secret.select());
