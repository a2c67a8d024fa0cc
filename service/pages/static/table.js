// <edit-table>: a table of a week that edits as a spreadsheet does.
import { island } from "./island.js";
import { keyOf } from "./keys.js";
import { edit } from "./table/editor.js";
import { Grid } from "./table/grid.js";
import { Saving } from "./table/saving.js";
import { read, written } from "./table/tsv.js";
import { say } from "./words.js";

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FAR = 100_000;
const JUMPS = {
  Home: [0, -FAR],
  End: [0, FAR],
  PageUp: [-12, 0],
  PageDown: [12, 0],
  "Ctrl+Home": [-FAR, -FAR],
  "Ctrl+End": [FAR, FAR],
  "Ctrl+ArrowUp": [-FAR, 0],
  "Ctrl+ArrowDown": [FAR, 0],
  "Ctrl+ArrowLeft": [0, -FAR],
  "Ctrl+ArrowRight": [0, FAR],
};

class EditTable extends HTMLElement {
  connectedCallback() {
    const data = island("data");
    const table = this.querySelector("table");
    if (!data || !table) return;
    this.columns = new Map(data.columns.map((column) => [column.field, column]));
    this.choices = data.choices;
    this.grid = new Grid(table, [...this.columns.keys()]);
    this.saving = new Saving(this.grid, {
      week: this.dataset.week,
      table: data.table,
      revision: data.revision,
      required: data.columns.filter((column) => column.required).map((column) => column.field),
      rowOf: (key) => this.grid.body.querySelector(`[data-key="${CSS.escape(key)}"]`),
    });
    this.fresh = 0;
    for (const row of table.tBodies[0].rows) row.dataset.key = row.dataset.id;
    this.addRow();
    this.restore();
    const first = this.grid.rows()[0]?.querySelector("[data-field]");
    if (first) first.tabIndex = 0;
    table.addEventListener("keydown", (event) => this.key(event));
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("mouseover", (event) => event.buttons === 1 && this.drag(event));
    table.addEventListener("dblclick", (event) => this.open(this.cellOf(event)));
    table.addEventListener("focusin", (event) => this.focused(event));
    for (const kind of ["copy", "cut", "paste"]) table.addEventListener(kind, (event) => this[kind](event));
    this.buttons();
    this.dataset.ready = "";
  }

  cellOf(event) {
    return event.target.closest("[data-field]");
  }

  // An empty row at the end, for whatever comes.
  addRow() {
    const row = document.createElement("tr");
    row.dataset.key = `new-${++this.fresh}`;
    row.className = "fresh";
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = "+";
    row.append(head);
    for (const field of this.columns.keys()) {
      const cell = document.createElement("td");
      cell.dataset.field = field;
      cell.tabIndex = -1;
      cell.setAttribute("role", "gridcell");
      row.append(cell);
    }
    this.grid.body.append(row);
    return row;
  }

  lastRow() {
    const last = this.grid.body.rows[this.grid.body.rows.length - 1];
    return last.matches(".fresh:not(.typed)") ? last : this.addRow();
  }

  restore() {
    const changes = [];
    for (const [id, cells] of this.saving.kept()) {
      const row = id ? this.saving.rowOf(id) : this.lastRow();
      if (!row) continue;
      for (const [field, text] of Object.entries(cells)) changes.push([this.grid.cell(row, field), text]);
      if (!id) row.classList.add("typed");
    }
    this.put(changes.filter(([cell]) => cell));
  }

  put(changes) {
    this.saving.put(changes);
    this.lastRow();
  }

  key(event) {
    const cell = this.cellOf(event);
    if (!cell || event.target !== cell || event.altKey) return;
    const composing = event.isComposing || event.keyCode === 229;
    const key = keyOf(event);
    const leaving = this.leaving;
    this.leaving = key === "Escape" || (leaving && event.key === "Shift");
    if (composing) return this.open(cell, "");
    const plain = key.replace("Ctrl+Shift+", "Ctrl+");
    const move = ARROWS[key] ?? JUMPS[plain];
    if (move) this.grid.pick(this.grid.beside(cell, ...move), event.shiftKey);
    else if (key === "Tab" && !leaving) {
      const next = this.next(cell, event.shiftKey ? -1 : 1);
      if (!next) return;
      this.grid.pick(next);
    } else if (key === "Enter" || key === "F2") this.open(cell);
    else if (key === "Delete" || key === "Backspace") this.fillPicked(() => "");
    else if (key === "Ctrl+d") this.fillFrom(-1, 0);
    else if (key === "Ctrl+r") this.fillFrom(0, -1);
    else if (key === "Ctrl+a") this.all();
    else if (key.length === 1) {
      // The letter itself goes into the input, which has the focus by then.
      this.open(cell, "");
      return event.stopPropagation();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  next(cell, by) {
    const { column, row } = this.grid.place(cell);
    const rows = this.grid.rows();
    const last = this.grid.fields.length - 1;
    if (column + by >= 0 && column + by <= last) return this.grid.beside(cell, 0, by);
    return rows[row + by] ? this.grid.cells(rows[row + by])[by > 0 ? 0 : last] : null;
  }

  all() {
    const rows = this.grid.rows();
    this.grid.pick(this.grid.cells(rows[0])[0]);
    this.grid.pick(this.grid.cells(rows.at(-1)).at(-1), true);
  }

  press(event) {
    const cell = this.cellOf(event);
    if (!cell || event.button !== 0 || event.target.closest("input, a")) return;
    event.preventDefault();
    const again = cell === this.grid.at && event.detail === 1 && !event.shiftKey;
    this.grid.pick(cell, event.shiftKey);
    // A finger has no second button and no keys: tapping the picked cell opens it.
    if (again && matchMedia("(pointer: coarse)").matches) this.open(cell);
  }

  drag(event) {
    const cell = this.cellOf(event);
    if (cell && this.grid.at && !event.target.closest("input")) this.grid.pick(cell, true);
  }

  focused(event) {
    const cell = event.target;
    if (cell.dataset.field && cell !== this.grid.at) this.grid.pick(cell);
    const column = this.columns.get(event.target.closest("[data-field]")?.dataset.field);
    const note = this.querySelector(".cell-note");
    if (!column || !note) return;
    const text = cell.dataset.field ? this.grid.text(cell) : "";
    note.textContent = `${text ? `${text}\n` : ""}${column.head}: ${column.note}`;
  }

  open(cell, start = null) {
    if (!cell || this.grid.locked(cell) || cell.querySelector("input")) return;
    const { field } = cell.dataset;
    const column = this.columns.get(field);
    const text = this.grid.text(cell);
    const picked = this.grid.picked().flat();
    cell.removeAttribute("aria-invalid");
    edit(cell, {
      text,
      start,
      label: column.head,
      choices: this.choices[column.choices] ?? [],
      several: column.several,
      done: (typed, move, fills) => {
        this.grid.show(cell, text);
        if (typed !== null) this.put(fills ? picked.map((one) => [one, typed.trim()]) : [[cell, typed.trim()]]);
        if (move) this.grid.pick(this.grid.beside(cell, ...move), fills);
        else if (typed === null) this.grid.pick(cell);
      },
    });
  }

  fillPicked(textOf) {
    this.put(this.grid.picked().flatMap((row, number) => row.map((cell, column) => [cell, textOf(number, column)])));
  }

  // What the first of the picked cells say, in all of them; of one alone, what the one beside it says.
  fillFrom(down, right) {
    const picked = this.grid.picked();
    const lone = down ? picked.length === 1 : picked[0].length === 1;
    const source = (row, column) => {
      const first = down ? picked[0][column] : picked[row][0];
      return this.grid.text(lone ? this.grid.beside(first, down, right) : first);
    };
    this.fillPicked(source);
  }

  copy(event) {
    if (event.target.closest("input")) return;
    const rows = this.grid.picked().map((row) => row.map((cell) => this.grid.text(cell)));
    event.clipboardData.setData("text/plain", written(rows));
    event.preventDefault();
  }

  cut(event) {
    this.copy(event);
    this.fillPicked(() => "");
  }

  paste(event) {
    if (event.target.closest("input") || !this.grid.at) return;
    event.preventDefault();
    const rows = read(event.clipboardData.getData("text/plain"));
    const picked = this.grid.picked();
    if (rows.length === 1 && rows[0].length === 1) return this.fillPicked(() => rows[0][0].trim());
    const corner = this.grid.place(picked[0][0]);
    const changes = [];
    let last = picked[0][0];
    rows.forEach((texts, number) => {
      const row = this.grid.rows()[corner.row + number] ?? this.addRow();
      const cells = this.grid.cells(row).slice(corner.column);
      texts.slice(0, cells.length).forEach((text, column) => {
        changes.push([cells[column], text.trim()]);
        last = cells[column];
      });
    });
    this.put(changes);
    this.grid.pick(picked[0][0]);
    this.grid.pick(last, true);
  }

  pickedRows() {
    return this.grid.picked().map((row) => row[0].parentNode).filter((row) => row.dataset.id && !row.hasAttribute("data-locked"));
  }

  buttons() {
    const at = (name) => document.querySelector(`[data-act="${name}"]`);
    at("add")?.addEventListener("click", () => {
      const cell = this.grid.cells(this.lastRow())[0];
      this.grid.pick(cell);
      this.open(cell);
    });
    at("remove")?.addEventListener("mousedown", (event) => event.preventDefault());
    at("remove")?.addEventListener("click", () => this.removeRows());
    at("copy")?.addEventListener("click", () => this.copyRows());
  }

  removeRows() {
    const rows = this.pickedRows();
    if (rows.length === 0) return;
    this.saving.command({ rows: rows.map((row) => ({ id: row.dataset.id, gone: true })) }, () => {
      for (const row of rows) row.remove();
      const { table } = this.grid;
      table.dataset.total = Number(table.dataset.total) - rows.length;
      this.grid.at = this.grid.from = null;
      const first = this.grid.body.querySelector("[data-field]");
      if (first) first.tabIndex = 0;
    });
  }

  // The picked work again on other days.
  copyRows() {
    const dialog = document.getElementById("copy-days");
    const rows = this.pickedRows();
    const said = dialog.querySelector("[data-said]");
    said.textContent = say(rows.length ? "tables.script.copies" : "tables.script.pick", { count: rows.length });
    dialog.onclose = () => {
      const days = [...dialog.querySelectorAll("input:checked")].map((box) => Number(box.value));
      if (dialog.returnValue !== "copy" || !days.length || !rows.length) return;
      const copies = rows.map((row) => ({ id: row.dataset.id, days }));
      this.saving.command({ copies }, (answer) => {
        for (const now of answer.rows) {
          const row = this.lastRow();
          this.saving.fill(row, now);
          row.dataset.key = now.id;
          this.addRow();
        }
      });
    };
    dialog.returnValue = "";
    dialog.showModal();
  }
}

customElements.define("edit-table", EditTable);

// Only what differs from the usual is in the address.
for (const form of document.querySelectorAll("form[data-view]")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
  form.addEventListener("change", (event) => event.target.matches("select") && form.requestSubmit());
}
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-view] [disabled]")) field.disabled = false;
});
