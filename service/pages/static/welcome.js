// The link's secret stands after #, which browsers do not send: put it into the form, and out of sight.
const secret = document.getElementById("secret");
const fromLink = window.location.hash.slice(1);
if (fromLink) {
  secret.value = fromLink;
  window.history.replaceState(null, "", window.location.pathname);
}
if (secret.value) {
  secret.type = "hidden";
  secret.closest(".field").hidden = true;
}
