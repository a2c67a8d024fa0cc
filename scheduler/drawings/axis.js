// Where a minute lies: hours with work get their full width, the few worked at night a narrow one.
import { MINUTES, dayOf } from "./moments.js";

const NARROW = 0.22, RARE = 0.03;

const weightsOf = (data, bars) => {
  const [first, last] = data.hours, touched = new Array(24).fill(0);
  for (const bar of bars)
    if (!bar.way)
      for (let hour = Math.floor(bar.start / 60); hour < Math.ceil(bar.end / 60); hour += 1)
        touched[((hour % 24) + 24) % 24] += 1;
  const least = Math.max(...touched) * RARE;
  const busy = touched.map((count, hour) => count > least && hour >= first && hour < last);
  const from = busy.indexOf(true), to = busy.lastIndexOf(true);
  if (from < 0 || last - first < 24) return touched.map((_, hour) => Number(hour >= first && hour < last));
  return touched.map((_, hour) => (hour >= from && hour <= to ? 1 : NARROW));
};

export class Axis {
  constructor(data, bars) {
    this.weights = weightsOf(data, bars);
    this.starts = [0];
    for (const weight of this.weights) this.starts.push(this.starts[this.starts.length - 1] + weight);
    this.whole = this.starts[24];
    Object.assign(this, { first: 0, count: 1, left: 0, width: 1 });
  }

  /** Show so many days from the first, from `left` on, `width` pixels in all. */
  fit(first, count, left, width) {
    Object.assign(this, { first, count, left, width });
  }

  get day() { return this.width / this.count; }

  /** Pixels of an hour by day. */
  get hour() { return this.day / this.whole; }

  x(minute) {
    const day = dayOf(minute), part = (minute - day * MINUTES) / 60, hour = Math.floor(part);
    const within = this.starts[hour] + (part - hour) * this.weights[hour];
    return this.left + (day - this.first + within / this.whole) * this.day;
  }

  /** The minute at a place of the drawing, and so the day. */
  minute(x) {
    const days = (x - this.left) / this.day, day = Math.floor(days), sum = (days - day) * this.whole;
    const hour = Math.max(0, this.starts.findIndex((start) => start > sum) - 1);
    const weight = this.weights[hour] || 1;
    return (this.first + day) * MINUTES + Math.round((hour + (sum - this.starts[hour]) / weight) * 60);
  }

  shows(start, end) {
    return end > this.first * MINUTES && start < (this.first + this.count) * MINUTES;
  }

  /** Hours to be named or ruled, at least so many pixels apart. */
  hours(apart) {
    const step = [1, 2, 3, 4, 6, 12].find((hours) => hours * this.hour >= apart) || 24;
    const found = [];
    for (let hour = 0; hour < 24; hour += 1)
      if (this.weights[hour] === 1 && hour % step === 0) found.push(hour);
    return found;
  }
}
