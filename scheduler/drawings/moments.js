// Moments are minutes from the horizon's start; nobody asks the browser for a date.
export const MINUTES = 1440;

export const dayOf = (minute) => Math.floor(minute / MINUTES);

/** The day on which something ends: midnight is the end of a day. */
export const lastDay = (start, end) => Math.max(dayOf(start), Math.ceil(end / MINUTES) - 1);

/** The time of day, as 09:05. */
export const clock = (minutes) => {
  const rest = ((minutes % MINUTES) + MINUTES) % MINUTES;
  const pad = (number) => String(number).padStart(2, "0");
  return `${pad(Math.floor(rest / 60))}:${pad(rest % 60)}`;
};
