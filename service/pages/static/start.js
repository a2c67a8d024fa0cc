// A file dropped anywhere on the page is taken as if it had been chosen; choosing sends it.
const form = document.getElementById("drop");

if (form) {
  const input = form.querySelector("input[type=file]");
  const over = (event, is) => {
    event.preventDefault();
    form.classList.toggle("over", is);
  };
  addEventListener("dragover", (event) => over(event, true));
  addEventListener("dragleave", (event) => over(event, false));
  addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    form.requestSubmit();
  });
  input.addEventListener("change", () => input.files.length && form.requestSubmit());
}
