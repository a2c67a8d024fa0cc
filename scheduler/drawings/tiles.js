// Pictures beneath one another that lie still while a window scrolls over them: each is painted once, when it comes near.
// They are bitmaps, which cost nothing while they are as they were; canvases are made ready anew for every frame.
import { element } from "./speech.js";

/** Pixels of a tile: a few rows, so that no frame has to paint many. */
export const TILE = 208;

export class Tiles {
  constructor(layer) {
    Object.assign(this, { layer, pool: [], count: 0, top: 0, sheet: new OffscreenCanvas(1, 1) });
    this.pen = this.sheet.getContext("2d", { alpha: false });
  }

  /** Lie `wide` and `height` pixels broad and high from `top` on, beneath a window of `tall`; nothing is painted yet. */
  fit({ wide, height, top, tall }) {
    const scale = devicePixelRatio || 1, { pool } = this;
    this.top = top;
    this.count = Math.ceil(height / TILE);
    // A window touches one more than fit into it, and one is painted ahead on either side.
    const needed = Math.min(this.count, Math.ceil(tall / TILE) + 3);
    while (pool.length > needed) pool.pop().canvas.remove();
    while (pool.length < needed) pool.push(this.made());
    for (const { canvas } of pool) canvas.style.width = `${wide}px`;
    this.sheet.width = Math.round(wide * scale);
    this.sheet.height = Math.round(TILE * scale);
    this.pen.setTransform(scale, 0, 0, scale, 0, 0);
    this.forget();
  }

  made() {
    const canvas = element("canvas", undefined, this.layer, "week-tile");
    canvas.setAttribute("aria-hidden", "true");
    canvas.style.height = `${TILE}px`;
    return { canvas, shown: canvas.getContext("bitmaprenderer"), at: -1 };
  }

  /** What is painted is not true any more. */
  forget() {
    for (const tile of this.pool) tile.at = -1;
  }

  /** Have what lies between two heights painted: paint(pen, from, height). */
  cover(from, to, paint) {
    const last = Math.min(this.count - 1, Math.floor(to / TILE));
    for (let n = Math.max(0, Math.floor(from / TILE)); n <= last; n += 1) {
      const tile = this.pool[n % this.pool.length];
      if (tile.at === n) continue;
      tile.at = n;
      tile.canvas.style.top = `${this.top + n * TILE}px`;
      paint(this.pen, n * TILE, TILE);
      tile.shown.transferFromImageBitmap(this.sheet.transferToImageBitmap());
    }
  }
}
