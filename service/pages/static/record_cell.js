// Saves one cell of one record, as the tables do, with one line to take it back.
import { post } from "./api.js";
import { tell, tellConflict, tellFault } from "./band.js";
import { island } from "./island.js";
import { say } from "./words.js";

// fault(problems): shows what is wrong beside where it was typed; true where it did. Resolves to the row or null.
export async function saveCell(field, text, fault = () => false) {
  const data = island("data");
  const root = `/v1/weeks/${data.week}`;
  try {
    const body = { base: data.revision, rows: [{ id: data.id, cells: { [field]: text } }] };
    const answer = await post(`${root}/tables/${data.table}`, body);
    data.revision = answer.revision;
    const { broken, fallen } = answer.effect;
    const lines = [say("records.script.kept")];
    if (fallen.length) lines.push(say("tables.script.fallen", { count: fallen.length }));
    if (broken.length) lines.push(say("tables.script.broken", { count: broken.length }));
    tell(lines.join(" "), { undo: () => undo(root, answer.revision) });
    return answer.rows[0];
  } catch (error) {
    if (error.status === 409) tellConflict(error, { theirs: () => location.reload() });
    else if (!fault(error.problems ?? [])) tellFault(error, { again: () => saveCell(field, text, fault) });
    return null;
  }
}

async function undo(root, revision) {
  try {
    await post(`${root}/undo`, { revision });
    location.reload();
  } catch (error) {
    tellFault(error);
  }
}
