// Cells as text between spreadsheets: tabs between cells, lines between rows, quotes around both.

export function written(rows) {
  const cell = (text) => (/[\t\n"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(cell).join("\t")).join("\n");
}

export function read(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (pattern.lastIndex <= text.length) {
    const found = pattern.exec(text);
    if (!found) break;
    rows.at(-1).push(found[1]?.replaceAll('""', '"') ?? found[2]);
    if (found[3] === "") break;
    if (found[3] !== "\t") rows.push([]);
  }
  // A spreadsheet ends its last row with a line.
  if (rows.length > 1 && rows.at(-1).every((cell) => cell === "")) rows.pop();
  return rows;
}
