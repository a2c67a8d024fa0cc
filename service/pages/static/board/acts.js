// Acts on the week: each is one command, done at once and told with its undo; a rule that is in the way is asked about.
import { get, newKey, post } from "../api.js";
import { announce, tell, tellConflict, tellFault } from "../band.js";
import { say } from "../words.js";

const RULES = new Set(["rule_broken", "no_exception"]);

export class Acts {
  /** redraw(answer): the board as it is now; broken(problems, again): a hard rule is in the way. */
  constructor(week, { redraw, broken }) {
    Object.assign(this, { path: `/v1/weeks/${week}`, redraw, broken, revision: 0, busy: false, may: true });
  }

  /** Do changes as one command. words: what was done, for the band. Says whether it was done. */
  async send(changes, words, { reason = "", base = this.revision, key = newKey() } = {}) {
    const again = (more = {}) => this.send(changes, words, { reason, base, ...more });
    return this.doing(async () => {
      const done = await post(`${this.path}/commands`, { changes, base, reason }, { key });
      await this.fresh();
      this.told(words, done.revision);
      return done;
    }, { again, retry: () => again({ key }) });
  }

  /** Take back a command of one's own; null: the last. */
  undo(revision = null, words = "") {
    return this.doing(async () => {
      await post(`${this.path}/undo`, revision === null ? {} : { revision });
      await this.fresh();
      this.told(say("board.script.done.undo", { words }));
    }, { again: null, retry: () => this.undo(revision, words) });
  }

  redo() {
    return this.doing(async () => {
      const done = await post(`${this.path}/redo`, {});
      await this.fresh();
      this.told(say("board.script.done.redo"), done.revision);
    }, { again: null, retry: () => this.redo() });
  }

  async fresh() {
    const answer = await get(`${this.path}/board`);
    this.revision = answer.revision;
    this.redraw(answer);
    document.dispatchEvent(new Event("week:changed"));
  }

  told(words, revision) {
    tell(words, revision ? { undo: () => this.undo(revision, words) } : {});
  }

  /** One act at a time, so that whoever presses twice does it once. */
  async doing(act, { again, retry }) {
    if (this.busy) return false;
    this.busy = true;
    try {
      return (await act()) ?? true;
    } catch (error) {
      this.busy = false;
      await this.failed(error, again, retry);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async failed(error, again, retry) {
    if (error.code === "edited_meanwhile") {
      const theirs = () => this.doing(() => this.fresh(), { again: null, retry: theirs });
      tellConflict(error, { theirs, mine: again && (() => again({ base: null })) });
    } else if (again && error.problems?.some(({ code }) => RULES.has(code))) {
      announce(error.message);
      this.broken(error.problems, (reason) => again({ reason, base: this.revision }));
    } else tellFault(error, error.status === 0 || error.status >= 500 ? { again: retry } : {});
  }
}

/** What gives a piece of work to a person as a price has it: {begins, assignments}; start: another moment. */
export const given = (item, person, price, start) => {
  const part = price.assignments.find((one) => one.person === person) ?? price.assignments[0];
  const how = { task: item.task, start: start ?? price.begins, place: part.place };
  return item.person === person ? { kind: "move", ...how } : { kind: "assign", slot: part.slot, person, ...how };
};
