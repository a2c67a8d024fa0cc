// What was typed goes to the service as one command, and what it says comes back into the cells. Typed
// text stays until it is kept: over faults, a reload, somebody else's change, signing in again.
import { get, post } from "../api.js";
import { announce, tell, tellConflict, tellFault } from "../band.js";
import { say } from "../words.js";

export class Saving {
  // rowOf(key): the row; made(row, id): a new row has an id now.
  constructor(grid, { week, table, revision, required, rowOf }) {
    this.grid = grid;
    this.required = required;
    this.rowOf = rowOf;
    this.revision = revision;
    this.root = `/v1/weeks/${week}`;
    this.path = `${this.root}/tables/${table}`;
    this.place = `draft:${location.pathname}:${table}`;
    this.typed = new Map(); // key of a row → {field: text}
    this.faulty = new Set(); // keys of rows that wait to be mended
    this.busy = 0; // commands on their way, one after another
    this.turn = Promise.resolve();
  }

  // Texts that were typed into cells: [[cell, text]].
  put(changes) {
    for (const [cell, text] of changes) {
      if (this.grid.locked(cell) || this.grid.text(cell) === text) continue;
      const key = cell.parentNode.dataset.key;
      this.typed.set(key, { ...this.typed.get(key), [cell.dataset.field]: text });
      this.faulty.delete(key);
      this.grid.show(cell, text);
      cell.parentNode.classList.add("typed");
    }
    this.keep();
    this.send();
  }

  // Rows that are ready: new ones once all is filled in that must be.
  ready() {
    return [...this.typed.keys()].filter((key) => {
      const row = this.rowOf(key);
      const filled = row && (row.dataset.id || this.required.every((field) => this.grid.cell(row, field)?.dataset.text));
      return filled && !this.faulty.has(key);
    });
  }

  async send() {
    const keys = this.ready();
    if (this.busy || keys.length === 0) return;
    const rows = keys.map((key) => ({ id: this.rowOf(key).dataset.id || null, cells: this.typed.get(key) }));
    const sent = new Map(keys.map((key) => [key, this.typed.get(key)]));
    await this.command({ rows }, (answer) => {
      const back = new Map(answer.rows.map((row) => [row.id, row]));
      keys.forEach((key, number) => {
        const row = this.rowOf(key);
        // New rows come back in the order in which they were sent.
        const now = back.get(row.dataset.id) ?? answer.rows[number];
        if (this.typed.get(key) === sent.get(key)) {
          this.typed.delete(key);
          row.classList.remove("typed");
        }
        if (now) this.fill(row, now);
      });
    }, keys);
  }

  // One command. done(answer): puts it on the page; keys: of the rows that faults are about.
  command(body, done, keys = []) {
    this.busy += 1;
    this.grid.table.ariaBusy = "true";
    this.turn = this.turn.then(() => this.commanded(body, done, keys));
    return this.turn;
  }

  async commanded(body, done, keys) {
    try {
      const answer = await post(this.path, { base: this.revision, ...body });
      this.revision = answer.revision;
      done(answer);
      this.keep();
      this.told(answer);
    } catch (error) {
      this.failed(error, body, done, keys);
    } finally {
      this.busy -= 1;
      if (!this.busy) this.grid.table.ariaBusy = null;
    }
    this.send();
  }

  told(answer) {
    const slots = { count: answer.rows.length + answer.gone.length };
    const { broken, fallen } = answer.effect;
    const lines = [say("tables.script.kept", slots)];
    if (fallen.length) lines.push(say("tables.script.fallen", { count: fallen.length }));
    if (broken.length) lines.push(say("tables.script.broken", { count: broken.length }));
    const { revision } = answer;
    tell(lines.join(" "), { undo: () => this.undo(revision) });
  }

  failed(error, body, done, keys) {
    const elsewhere = [];
    for (const problem of error.problems ?? []) {
      const found = /^\/rows\/(\d+)(?:\/cells\/([^/]+))?/.exec(problem.pointer);
      const row = found && this.rowOf(keys[Number(found[1])]);
      const cell = row && (this.grid.cell(row, found[2] ?? "") ?? this.grid.cells(row)[0]);
      if (!cell) elsewhere.push(problem);
      else {
        this.faulty.add(row.dataset.key);
        this.grid.show(cell, this.grid.text(cell), problem);
        announce(`${problem.text} ${problem.remedy}`);
      }
    }
    if (error.status === 422 && elsewhere.length === 0 && error.problems?.length) return;
    for (const key of keys) this.faulty.add(key);
    const again = () => {
      for (const key of keys) this.faulty.delete(key);
      if (keys.length) this.send();
      else this.command(body, done);
    };
    if (error.status !== 409) return tellFault(error, { again });
    tellConflict(error, {
      theirs: () => {
        for (const key of keys) this.typed.delete(key);
        this.refresh();
      },
      mine: async () => {
        this.revision = (await get(this.path)).revision;
        again();
      },
    });
  }

  async undo(revision) {
    try {
      await post(`${this.root}/undo`, { revision });
      await this.refresh();
      announce(say("tables.script.undone"));
    } catch (error) {
      tellFault(error);
    }
  }

  // The rows as they are now; where others came or went, the page anew.
  async refresh() {
    const now = await get(this.path);
    this.revision = now.revision;
    this.keep();
    const ids = new Set(now.rows.map((row) => row.id));
    const rows = [...this.grid.body.rows].filter((row) => row.dataset.id);
    if (now.rows.length !== Number(this.grid.table.dataset.total) || rows.some((row) => !ids.has(row.dataset.id))) {
      return location.reload();
    }
    const byId = new Map(now.rows.map((row) => [row.id, row]));
    for (const row of rows) if (!this.typed.has(row.dataset.key)) this.fill(row, byId.get(row.dataset.id));
  }

  fill(row, now) {
    if (!row.dataset.id) this.grid.table.dataset.total = Number(this.grid.table.dataset.total) + 1;
    row.dataset.id = now.id;
    row.classList.remove("fresh");
    const typed = this.typed.get(row.dataset.key) ?? {};
    for (const cell of this.grid.cells(row)) {
      if (!(cell.dataset.field in typed)) this.grid.show(cell, now.cells[cell.dataset.field] ?? "");
    }
  }

  keep() {
    const kept = [...this.typed].map(([key, cells]) => [this.rowOf(key)?.dataset.id ?? "", cells]);
    if (kept.length) sessionStorage.setItem(this.place, JSON.stringify(kept));
    else sessionStorage.removeItem(this.place);
  }

  // [[id, cells]] of what was typed before a reload; id "": a new row.
  kept() {
    return JSON.parse(sessionStorage.getItem(this.place) ?? "[]");
  }
}
