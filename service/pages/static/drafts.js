// What was typed and not yet sent: <form data-draft="name"> gets it back after a reload in this tab.
// Kept in sessionStorage alone, and wiped at sign-out; whoever sends a form forgets its draft once it is sent.
const BEGIN = "draft:";
const OF_THE_ACCOUNT = [BEGIN, "counts:"];
const KEPT = "input:not([type=password]):not([type=file]):not([type=hidden]), textarea, select";

const fields = (form) => [...form.querySelectorAll(KEPT)].filter((field) => field.name);
// By the whole address: a form that a link filled is not overwritten with what was begun for somebody else.
const place = (form) => `${BEGIN}${location.pathname}${location.search}:${form.dataset.draft}`;
const switched = (field) => field.type === "checkbox" || field.type === "radio";

export function keepDrafts(root = document) {
  for (const form of root.querySelectorAll("form[data-draft]")) {
    restore(form);
    form.addEventListener("input", () => save(form));
  }
}

export function forgetDraft(form) {
  if (!form.dataset.draft) return;
  sessionStorage.removeItem(place(form));
}

export function wipeDrafts() {
  for (const key of Object.keys(sessionStorage)) {
    if (OF_THE_ACCOUNT.some((begin) => key.startsWith(begin))) sessionStorage.removeItem(key);
  }
}

function save(form) {
  const values = fields(form).map((field) => [field.name, field.value, switched(field) ? field.checked : null]);
  sessionStorage.setItem(place(form), JSON.stringify(values));
}

function restore(form) {
  const kept = sessionStorage.getItem(place(form));
  if (!kept) return;
  for (const [name, value, checked] of JSON.parse(kept)) {
    for (const field of fields(form).filter((found) => found.name === name)) {
      if (!switched(field)) field.value = value;
      else if (field.value === value) field.checked = checked;
    }
  }
}
