// The canvas's colours, read from the style sheet, with strokes for those who see no colours.
const STROKES = [null, "/", null, "|", null, "\\", null, "-", "x"];

// Every second kind carries strokes as well, so that a narrow bar keeps its kind without colour.
const texture = (fill, ink, strokes) => {
  if (!strokes) return fill;
  const tile = document.createElement("canvas");
  tile.width = tile.height = 6;
  const brush = tile.getContext("2d");
  const line = (a, b, c, d) => { brush.moveTo(a, b); brush.lineTo(c, d); };
  brush.fillStyle = fill;
  brush.fillRect(0, 0, 6, 6);
  brush.strokeStyle = ink;
  brush.beginPath();
  if (strokes === "/" || strokes === "x") line(-1, 7, 7, -1);
  if (strokes === "\\" || strokes === "x") line(-1, -1, 7, 7);
  if (strokes === "|") line(3, 0, 3, 6);
  if (strokes === "-") line(0, 3, 6, 3);
  brush.stroke();
  return brush.createPattern(tile, "repeat");
};

export const palette = () => {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const kinds = STROKES.map((_, n) => [value(`k${n}`), value(`k${n}i`)]);
  const faded = (ink, share) => `color-mix(in srgb, ${ink} ${share}%, transparent)`;
  return {
    ink: value("ink"), soft: value("soft"), card: value("card"), faint: value("faint"), accent: value("accent"), alert: value("alert"),
    off: value("board-off"), inside: value("board-in"), line: value("board-line"), travel: value("board-travel"), rest: value("board-rest"),
    away: texture(value("board-off"), value("board-hatch"), "/"),
    tints: { good: faded(value("good"), 34), fair: faded(value("good"), 14), dear: faded(value("warn"), 22), no: faded(value("soft"), 40) },
    kinds,
    textures: kinds.map(([fill, ink], n) => texture(fill, faded(ink, 32), STROKES[n])),
  };
};
