// Whoever presses twice does it once: while what was begun at a place is under way, nothing else is begun there.
export async function once(place, act) {
  if (place.ariaBusy === "true") return;
  place.ariaBusy = "true";
  try {
    await act();
  } finally {
    place.ariaBusy = null;
  }
}
