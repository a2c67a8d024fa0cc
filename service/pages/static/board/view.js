// What the board shows, in the address: only what is not as usual, so that back, reload and a link land there.
const USUAL = { rows: "people", day: "", area: "", role: "", kind: "", changed: "", free: "", sel: "" };

export const readView = () => {
  const asked = new URLSearchParams(location.search);
  return Object.fromEntries(Object.keys(USUAL).map((key) => [key, asked.get(key) ?? USUAL[key]]));
};

/** Put the view into the address; a step to go back to, but for what is only chosen. */
export const writeView = (view) => {
  const kept = Object.entries(view).filter(([key, value]) => key in USUAL && value !== USUAL[key]);
  const query = new URLSearchParams(kept).toString();
  const address = `${location.pathname}${query ? `?${query}` : ""}`;
  if (address === location.pathname + location.search) return;
  const only = new URLSearchParams(location.search);
  only.delete("sel");
  const before = only.toString();
  const now = new URLSearchParams(kept.filter(([key]) => key !== "sel")).toString();
  if (before === now) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
};

export const isFiltered = (view) => ["area", "role", "kind", "changed", "free"].some((key) => view[key] !== "");

export const unfiltered = (view) => ({ ...view, area: "", role: "", kind: "", changed: "", free: "" });
