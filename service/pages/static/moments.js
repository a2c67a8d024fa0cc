// Moments of a week are minutes since its start. Days and their names come from the server, so that
// no clock or time zone of the browser changes them.
import { say } from "./words.js";

const MINUTES = 1440;

export const dayOf = (minutes) => Math.floor(minutes / MINUTES);

// Time of day: "08:30", the same in both languages.
export function clock(minutes) {
  const rest = ((minutes % MINUTES) + MINUTES) % MINUTES;
  const part = (number) => String(number).padStart(2, "0");
  return `${part(Math.floor(rest / 60))}:${part(Math.floor(rest % 60))}`;
}

// "11月25日 周三 08:30". days: names of the week's days, from the server.
export function moment(minutes, days) {
  const day = days[dayOf(minutes)];
  return day === undefined ? clock(minutes) : say("script.moment.day", { day, clock: clock(minutes) });
}

// Minutes of "8:30", "08：30", "830" or "8点半"; null for what is no time of day.
export function minutesOf(text) {
  const found = /^(\d{1,2})[:：点时.]?(\d{2}|半)?分?$/.exec(text.trim());
  if (!found) return null;
  const [hours, rest] = [Number(found[1]), found[2] === "半" ? 30 : Number(found[2] ?? 0)];
  return hours < 24 && rest < 60 ? hours * 60 + rest : null;
}
