// The cells of a table: which is where, what it says, what is wrong with it, which are picked.

export class Grid {
  constructor(table, fields) {
    this.table = table;
    this.body = table.tBodies[0];
    this.fields = fields;
    this.at = null; // the cell with the focus
    this.from = null; // the other corner of what is picked
  }

  rows() {
    return [...this.body.rows].filter((row) => !row.hidden);
  }

  cells(row) {
    return [...row.querySelectorAll("[data-field]")];
  }

  cell(row, field) {
    return row.querySelector(`[data-field="${CSS.escape(field)}"]`);
  }

  place(cell) {
    return { row: this.rows().indexOf(cell.parentNode), column: this.fields.indexOf(cell.dataset.field) };
  }

  text(cell) {
    return cell.dataset.text ?? cell.textContent;
  }

  // fault: what is wrong with it, shown beneath.
  show(cell, text, fault = null) {
    cell.dataset.text = text;
    cell.textContent = text;
    cell.toggleAttribute("aria-invalid", Boolean(fault));
    if (!fault) return cell.removeAttribute("aria-invalid");
    cell.setAttribute("aria-invalid", "true");
    const said = document.createElement("small");
    said.className = "wrong";
    said.textContent = `${fault.text} ${fault.remedy}`;
    cell.append(said);
  }

  locked(cell) {
    return cell.parentNode.hasAttribute("data-locked");
  }

  // The picked cells, row by row.
  picked() {
    if (!this.at) return [];
    const [one, other] = [this.place(this.from ?? this.at), this.place(this.at)];
    const rows = this.rows().slice(Math.min(one.row, other.row), Math.max(one.row, other.row) + 1);
    const [first, last] = [Math.min(one.column, other.column), Math.max(one.column, other.column)];
    return rows.map((row) => this.cells(row).slice(first, last + 1));
  }

  pick(cell, further = false) {
    if (!cell) return;
    const from = further ? (this.from ?? this.at) : cell;
    for (const before of this.body.querySelectorAll("[aria-selected]")) before.removeAttribute("aria-selected");
    if (this.at) this.at.tabIndex = -1;
    this.at = cell;
    this.from = from;
    cell.tabIndex = 0;
    for (const row of this.picked()) for (const one of row) one.setAttribute("aria-selected", "true");
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  // The cell so many rows and columns away, at most at the edge.
  beside(cell, down, right) {
    const { row, column } = this.place(cell);
    const rows = this.rows();
    const clamp = (number, most) => Math.max(0, Math.min(most, number));
    return this.cells(rows[clamp(row + down, rows.length - 1)])[clamp(column + right, this.fields.length - 1)];
  }
}
