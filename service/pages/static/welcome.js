// The link's secret and whose it is stand after #, which browsers do not send: put them into the form, and out of sight.
const secret = document.getElementById("secret");
const [fromLink, name] = window.location.hash.slice(1).split("~");
if (fromLink) {
  secret.value = fromLink;
  show(name);
  window.history.replaceState(null, "", window.location.pathname);
}
if (secret.value) {
  secret.type = "hidden";
  secret.closest(".field").hidden = true;
}

// Whose password it is: told by the link alone, and looked at by nobody but who has it.
function show(encoded) {
  const field = document.getElementById("name");
  try {
    field.value = decodeURIComponent(encoded ?? "");
  } catch {
    field.value = "";
  }
  field.closest(".field").hidden = !field.value;
}
