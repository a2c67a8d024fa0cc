// <undone-list data-week="2026-11-23">: work that nobody does, the most urgent first, each with its
// reason. One press shows what a way would do, a second does it, one line takes it back; without
// data-acts the ways are words alone. Also the board's tray. Fires "undone:select" {task, slot} and "undone:done" {revision}; refresh() reads again.
import { get, post } from "./api.js";
import { announce, tell, tellConflict, tellFault } from "./band.js";
import { make } from "./dom.js";
import { drawEffect, summary } from "./effect.js";
import { lang, say } from "./words.js";

const PAGE = 30;
const PARTS = { todo: ["can", "in_the_way"], nobody: ["nobody"], not_worth: ["not_worth"] };
const TONES = { can: "good", in_the_way: "warn", nobody: "alert", not_worth: "" };
const GLYPHS = { can: "✓", in_the_way: "△", nobody: "✕", not_worth: "−" };

class UndoneList extends HTMLElement {
  #rows = [];
  #total = 0;
  #revision = 0;
  #open = null;
  #turn = 0;

  connectedCallback() {
    this.base = `/v1/weeks/${encodeURIComponent(this.dataset.week)}`;
    const asked = new URLSearchParams(location.search);
    if (asked.has("task")) this.#open = key({ task: asked.get("task"), slot: Number(asked.get("slot")) });
    this.refresh();
  }

  refresh() {
    return this.#more(true);
  }

  // Reads on, or all anew: what was asked for earlier and comes later is left.
  async #more(first = false) {
    const turn = (this.#turn += 1);
    const rows = first ? [] : [...this.#rows];
    this.ariaBusy = "true";
    if (first && !this.firstChild) this.append(make("p", { class: "waiting" }, say("undone.script.loading")));
    try {
      // The slot of the address may be far down: read on until it is there.
      do {
        const found = await get(`${this.base}/undone?limit=${PAGE}&offset=${rows.length}`);
        if (turn !== this.#turn) return;
        this.#total = found.total;
        this.#revision = found.revision;
        rows.push(...found.slots);
        if (!found.slots.length) break;
      } while (first && this.#open && !rows.some((row) => key(row) === this.#open) && rows.length < this.#total);
    } catch (error) {
      if (turn === this.#turn) tellFault(error, { again: () => this.refresh() });
      return;
    } finally {
      if (turn === this.#turn) this.ariaBusy = null;
    }
    this.#rows = rows;
    this.#draw();
    if (first && this.#has(this.#open)) {
      const item = this.querySelector("li[data-open]");
      item.scrollIntoView({ block: "center" });
      this.#show(item, this.#rows.find((row) => key(row) === this.#open));
    }
  }

  get #acts() {
    return "acts" in this.dataset;
  }

  #has(id) {
    return this.#rows.some((row) => key(row) === id);
  }

  #draw() {
    const parts = [];
    for (const [name, verdicts] of Object.entries(PARTS)) {
      const rows = this.#rows.filter(({ verdict }) => verdicts.includes(verdict));
      if (!rows.length) continue;
      const count = make("span", { class: "chip" }, say("undone.script.short", { count: rows.length }));
      const title = make("h2", {}, say(`undone.script.part.${name}`), " ", count);
      const lead = make("p", { class: "hint" }, say(`undone.script.lead.${name}`));
      const list = make("ol", { class: "slots" }, ...rows.map((row) => this.#item(row)));
      parts.push(make("section", { class: `part ${name}` }, title, lead, list));
    }
    const rest = this.#total - this.#rows.length;
    if (rest > 0) {
      const more = make("button", { type: "button", class: "more" }, say("undone.script.more", { count: rest }));
      more.addEventListener("click", () => this.#more());
      parts.push(more);
    }
    this.replaceChildren(...(this.#total ? parts : [empty()]));
    this.dispatchEvent(new CustomEvent("undone:read", { bubbles: true, detail: { total: this.#total } }));
    const first = this.querySelector("li[data-slot] > .line button");
    if (first && !("compact" in this.dataset) && !document.querySelector(".heading .primary")) first.classList.add("primary");
  }

  #item(row) {
    const open = key(row) === this.#open;
    const words = say(row.changes && this.#acts ? "undone.script.look" : "undone.script.ways");
    const button = make("button", { type: "button", class: "small", "aria-expanded": String(open) }, words);
    const item = make(
      "li",
      { "data-slot": key(row), "data-verdict": row.verdict, "data-open": open },
      make(
        "div",
        { class: "line" },
        make(
          "div",
          { class: "what" },
          make("p", { class: "name" }, make("strong", {}, row.name[lang]), " ", make("span", {}, row.place[lang])),
          make("p", { class: "why" }, row.text[lang]),
        ),
        make(
          "p",
          { class: "when" },
          chip(`undone.script.verdict.${row.verdict}`, TONES[row.verdict], GLYPHS[row.verdict]),
          row.done_in_part && chip("undone.script.in_part"),
          row.until && make("span", {}, say("undone.script.until", { when: row.until[lang] })),
        ),
        button,
      ),
    );
    button.addEventListener("click", () => this.#toggle(item, row));
    return item;
  }

  #toggle(item, row) {
    const open = !("open" in item.dataset);
    for (const other of this.querySelectorAll("li[data-open]")) this.#shut(other);
    this.#open = open ? key(row) : null;
    this.#address(open ? row : null);
    if (!open) return;
    item.dataset.open = "";
    this.dispatchEvent(new CustomEvent("undone:select", { bubbles: true, detail: { task: row.task, slot: row.slot } }));
    this.#show(item, row);
  }

  #shut(item) {
    delete item.dataset.open;
    item.querySelector(".line button").ariaExpanded = "false";
    item.querySelector(".ways")?.remove();
  }

  // Where one is stays in the address, but not in the tray, whose page has its own.
  #address(row) {
    if ("compact" in this.dataset) return;
    const address = new URL(location.href);
    for (const name of ["task", "slot"]) {
      if (row) address.searchParams.set(name, row[name]);
      else address.searchParams.delete(name);
    }
    history.replaceState(null, "", address);
  }

  async #show(item, row) {
    item.querySelector(".line button").ariaExpanded = "true";
    const box = make("div", { class: "ways" });
    item.querySelector(".ways")?.remove();
    item.append(box);
    if (row.changes && this.#acts) {
      await this.#preview(box, row, { changes: row.changes, text: row.text, needs_reason: false });
      return;
    }
    const waiting = make("p", { class: "waiting", role: "status" }, say("undone.script.trying"));
    box.append(waiting, make("progress", { "aria-label": say("undone.script.trying") }));
    try {
      const found = await get(`${this.base}/undone/${path(row.task)}?slot=${row.slot}`);
      if (!box.isConnected) return;
      box.replaceChildren(...this.#remedies(box, row, found));
      announce(say("undone.script.found", { count: found.remedies.length }));
    } catch (error) {
      box.replaceChildren();
      tellFault(error, { again: () => this.#show(item, row) });
    }
  }

  #remedies(box, row, found) {
    const rows = found.remedies.map((remedy) => this.#remedy(row, remedy));
    const none = make("p", {}, say(found.slot.impossible ? "undone.script.impossible" : "undone.script.none"));
    const why = make("details", {}, make("summary", {}, say("undone.script.why")), make("p", {}, found.slot.text[lang]));
    const others = found.slot.outweighed && make("p", { class: "hint" }, found.slot.outweighed.text[lang]);
    const board = make("a", { class: "button small", href: `/w/${this.dataset.week}?sel=${encodeURIComponent(row.task)}` }, say("undone.script.board"));
    return [rows.length ? make("ul", { class: "remedies" }, ...rows) : none, others, why, make("p", { class: "actions" }, board)].filter(Boolean);
  }

  #remedy(row, remedy) {
    const shown = make("div", { class: "shown" });
    const item = make("li", {}, make("p", {}, remedy.text[lang]));
    if (!this.#acts) return item;
    if (!remedy.changes) {
      item.append(make("p", { class: "hint" }, say("undone.script.words_only")));
      return item;
    }
    const look = make("button", { type: "button", class: "small", "aria-expanded": "false" }, say("undone.script.look"));
    look.addEventListener("click", () => {
      const open = look.ariaExpanded !== "true";
      for (const other of item.parentElement.querySelectorAll("button[aria-expanded=true]")) other.ariaExpanded = "false";
      for (const other of item.parentElement.querySelectorAll(".shown")) other.replaceChildren();
      look.ariaExpanded = String(open);
      if (open) this.#preview(shown, row, remedy);
    });
    item.append(look, shown);
    return item;
  }

  // What a way would do, and the button that does it.
  async #preview(box, row, way) {
    box.replaceChildren(make("p", { class: "waiting", role: "status" }, say("undone.script.looking")));
    const command = { base: this.#revision, changes: way.changes.changes, reason: way.needs_reason ? way.text.zh : "" };
    try {
      const { effect } = await post(`${this.base}/commands`, { ...command, dry_run: true });
      if (!box.isConnected) return;
      const reason = way.needs_reason && this.#reason(command.reason);
      const accept = make("button", { type: "button", class: "primary" }, say("undone.script.accept"));
      accept.addEventListener("click", () => this.#accept(accept, row, reasoned(command, reason && reason.querySelector("input").value)));
      this.querySelector(".line button.primary")?.classList.remove("primary");
      box.replaceChildren(...[drawEffect(effect), reason, make("p", { class: "actions" }, accept)].filter(Boolean));
      accept.focus();
      announce(summary(effect));
    } catch (error) {
      box.replaceChildren();
      this.#failed(error, () => this.#preview(box, row, way));
    }
  }

  #reason(text) {
    const id = `reason-${Math.floor(performance.now())}`;
    const input = make("input", { id, value: text, maxlength: 1000, required: true, autocomplete: "off" });
    return make("div", { class: "field" }, make("label", { for: id }, say("undone.script.reason")), input);
  }

  async #accept(button, row, command) {
    button.disabled = true;
    try {
      const { revision, effect } = await post(`${this.base}/commands`, command);
      this.#open = null;
      this.#address(null);
      tell(say("undone.script.done", { name: row.name[lang], what: summary(effect) }), { undo: () => this.#undo(revision) });
      this.#changed(revision);
    } catch (error) {
      button.disabled = false;
      this.#failed(error, () => this.#accept(button, row, command), { ...command, base: null }, row, button);
    }
  }

  async #undo(revision) {
    try {
      const taken = await post(`${this.base}/undo`, { revision });
      tell(say("undone.script.undone"));
      this.#changed(taken.revision);
    } catch (error) {
      this.#failed(error, () => this.#undo(revision));
    }
  }

  #changed(revision) {
    this.dispatchEvent(new CustomEvent("undone:done", { bubbles: true, detail: { revision } }));
    document.dispatchEvent(new Event("week:changed"));
    return this.refresh();
  }

  #failed(error, again, mine, row, button) {
    if (error.code !== "edited_meanwhile") return tellFault(error, { again });
    tellConflict(error, {
      theirs: () => this.refresh(),
      mine: mine && (() => this.#accept(button, row, mine)),
    });
  }
}

const key = ({ task, slot }) => `${task}#${slot}`;
const path = (task) => task.split("/").map(encodeURIComponent).join("/");
const chip = (words, tone = "", glyph = "") =>
  make("span", { class: `chip ${tone}` }, glyph && make("span", { "aria-hidden": "true" }, glyph), say(words));

function reasoned(command, reason) {
  if (!reason) return command;
  const changes = command.changes.map((change) => ("reason" in change ? { ...change, reason } : change));
  return { ...command, changes, reason };
}

function empty() {
  return make(
    "section",
    { class: "empty" },
    make("p", { class: "glyph", "aria-hidden": "true" }, "✓"),
    make("h2", {}, say("undone.script.empty")),
    make("p", {}, say("undone.script.empty_text")),
  );
}

customElements.define("undone-list", UndoneList);
