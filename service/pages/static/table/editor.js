// The input over a cell, with what may be chosen in it. Enter that confirms pinyin ends nothing.
import { keyOf } from "../keys.js";

const MOST = 40;
const ENDS = { Enter: [1, 0], Tab: [0, 1], "Shift+Tab": [0, -1] };

// choices: [[word, what is said of it]]; several: of them, with 、 between. start: text to begin with,
// null for the cell's own. done(text, move, fills): what was typed, null where it was given up.
export function edit(cell, { text, start, label, choices, several, done }) {
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "off";
  input.setAttribute("aria-label", label);
  input.value = start ?? text;
  cell.textContent = "";
  cell.append(input);
  const list = choices.length ? suggest(input, choices, several) : null;
  if (list) cell.append(list);
  let open = true;

  function end(value, move = null, fills = false) {
    if (!open) return;
    open = false;
    done(value, move, fills);
  }

  input.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    const named = key === "Tab" && event.shiftKey ? "Shift+Tab" : key;
    if (key === "Escape") end(null);
    else if (key === "Ctrl+Enter") end(input.value, [0, 0], true);
    else if (named in ENDS) end(input.value, ENDS[named]);
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", () => end(input.value));
  for (const kind of ["copy", "cut", "paste", "mousedown", "dblclick"]) {
    input.addEventListener(kind, (event) => event.stopPropagation());
  }
  input.focus();
  if (start === null) input.select();
  return input;
}

function suggest(input, choices, several) {
  const list = document.createElement("datalist");
  list.id = "table-choices";
  input.setAttribute("list", list.id);
  const fill = () => {
    const [, before, word] = several ? /^(.*[、,，;；+]\s*)?(.*)$/s.exec(input.value) : ["", "", input.value];
    const fitting = choices.filter(([name, about]) => name.includes(word) || about?.includes(word));
    list.replaceChildren(
      ...(fitting.length ? fitting : choices).slice(0, MOST).map(([name, about]) => {
        const option = document.createElement("option");
        option.value = `${before ?? ""}${name}`;
        if (about) option.label = `${name} · ${about}`;
        return option;
      }),
    );
  };
  input.addEventListener("input", fill);
  fill();
  return list;
}
