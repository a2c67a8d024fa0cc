// Says how old what is kept on the phone is.
import { say } from "./words.js";

const place = document.getElementById("age");
const minutes = Math.max(0, Math.floor((Date.now() / 1000 - Number(place.dataset.made)) / 60));
if (minutes < 60) place.textContent = say("me.script.age", { minutes });
else if (minutes < 1440) place.textContent = say("me.script.age_hours", { hours: Math.floor(minutes / 60) });
else place.textContent = say("me.script.age_days", { days: Math.floor(minutes / 1440) });
