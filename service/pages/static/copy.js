// Copies a text wherever the page is served from: the clipboard over https, a command over http, and
// where neither works the text is selected for the reader to copy.

// Returns "copied" or "selected". source: the element that shows the text.
export async function copy(text, source = null) {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    // Not there over plain http, or refused.
  }
  if (commanded(text)) return "copied";
  if (source) getSelection().selectAllChildren(source);
  return "selected";
}

function commanded(text) {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    focused?.focus();
  }
}
