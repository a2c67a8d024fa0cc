// The link's secret stands after #, which browsers do not send: send it in a form, and put it out of sight.
const secret = window.location.hash.slice(1);
if (secret) {
  window.history.replaceState(null, "", window.location.pathname);
  const form = document.getElementById("link");
  document.getElementById("secret").value = secret;
  form.hidden = true;
  document.getElementById("opening").hidden = false;
  form.requestSubmit();
}
