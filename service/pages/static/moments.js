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

// A local moment of the service, "2026-12-03T19:30", as "12/3 19:30".
export function shortly(local) {
  const [, month, day, time] = /^\d+-0?(\d+)-0?(\d+)T(.{5})/.exec(local);
  return `${month}/${day} ${time}`;
}

// Hours below these are of the second half of the day.
const LATER = { 中午: 3, 下午: 12, 晚上: 13, pm: 12 };

// Minutes of "8:30", "08：30", "830", "8点半", "下午2点" or "2 pm"; null for what is no time of day.
export function minutesOf(text) {
  const found = /^(上午|早上|中午|下午|晚上)?(\d{1,2})[:：点时.]?(\d{2}|半)?分?(?:\s*([ap]m))?$/i.exec(text.trim());
  if (!found) return null;
  const half = (found[1] ?? found[4] ?? "").toLowerCase();
  const [written, rest] = [Number(found[2]), found[3] === "半" ? 30 : Number(found[3] ?? 0)];
  const hours = half === "am" && written === 12 ? 0 : written + (written < (LATER[half] ?? 0) ? 12 : 0);
  return hours < 24 && rest < 60 ? hours * 60 + rest : null;
}
