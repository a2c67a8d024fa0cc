// How rules count: changed here, then tried as a plan, or kept.
import { post } from "./api.js";
import { tell, tellConflict, tellFault } from "./band.js";
import { forgetDraft } from "./drafts.js";
import { island } from "./island.js";
import { follow } from "./job.js";
import { say } from "./words.js";

const form = document.getElementById("rules");
const foot = document.getElementById("foot");
const root = `/v1/weeks/${form.dataset.week}`;
const changed = (field) =>
  field.type === "checkbox"
    ? field.checked !== field.defaultChecked
    : field.tagName === "SELECT"
      ? !field.selectedOptions[0].defaultSelected
      : field.value !== field.defaultValue;

function edits() {
  const found = [];
  for (const rule of form.querySelectorAll("[data-rule]")) {
    const fields = [...rule.querySelectorAll("input, select")];
    const typed = fields.some(changed);
    rule.classList.toggle("typed", typed);
    if (!typed) continue;
    const record = {};
    for (const field of fields) {
      const [, name] = field.name.split(".");
      if (name === "on") record.on = field.checked;
      else record[name] = name === "weight" ? Number(field.value) : field.value;
    }
    found.push({ kind: "edit", collection: "rules", id: rule.dataset.rule, record });
  }
  return found;
}

function look() {
  if (!foot) return;
  const count = edits().length;
  foot.hidden = count === 0;
  foot.querySelector("[data-said]").textContent = count ? say("rules.script.changed", { count }) : "";
}

async function act(work) {
  foot.ariaBusy = "true";
  try {
    await work();
  } catch (error) {
    if (error.status === 409) tellConflict(error, { theirs: () => location.reload() });
    else tellFault(error);
  } finally {
    foot.ariaBusy = null;
  }
}

form.addEventListener("input", look);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  act(async () => {
    const title = say("rules.script.plan");
    const plan = await post(`${root}/plans`, { kind: "solve", changes: edits(), title });
    const href = `/w/${form.dataset.week}/plans/${plan.id}`;
    follow(plan.id, href);
    location.assign(href);
  });
});
foot?.querySelector("[data-act=keep]").addEventListener("click", () =>
  act(async () => {
    const { revision } = await post(`${root}/commands`, { base: island("data").revision, changes: edits() });
    forgetDraft(form);
    for (const field of form.querySelectorAll("input, select")) {
      field.defaultChecked = field.checked;
      if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
      else if (field.type !== "checkbox") field.defaultValue = field.value;
    }
    island("data").revision = revision;
    look();
    tell(say("rules.script.kept"), {
      undo: () =>
        act(async () => {
          await post(`${root}/undo`, { revision });
          location.reload();
        }),
    });
  }),
);
foot?.querySelector("[data-act=reset]").addEventListener("click", () => {
  form.reset();
  forgetDraft(form);
  look();
});
document.getElementById("find").addEventListener("input", (event) => {
  const asked = event.target.value.trim().toLowerCase();
  for (const rule of form.querySelectorAll("[data-rule]")) {
    rule.hidden = !`${rule.dataset.name} ${rule.dataset.rule}`.toLowerCase().includes(asked);
  }
});
document.querySelector(".find").addEventListener("submit", (event) => event.preventDefault());
// Drafts are back by then.
requestAnimationFrame(look);
