// The report's page: the language shown, what paper gets, and its drawings.
const root = document.documentElement;
const listeners = [];
root.classList.add("js");

const onLanguage = (listener) => { listeners.push(listener); listener(); };
const showLanguage = (lang) => {
  root.lang = lang;
  for (const button of document.querySelectorAll("[data-lang]"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
  for (const listener of listeners) listener();
};
for (const button of document.querySelectorAll("[data-lang]"))
  button.addEventListener("click", () => showLanguage(button.dataset.lang));

const opened = [];
addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("details.print:not([open])")) {
    fold.open = true;
    opened.push(fold);
  }
});
addEventListener("afterprint", () => {
  for (const fold of opened.splice(0)) fold.open = false;
});

const data = JSON.parse(document.getElementById("data").textContent);
const week = new Week(data, speaker(data.words, () => root.lang));
boardOfReport({ week, onLanguage });
if (document.getElementById("map")) onLanguage(routesOfReport(document.getElementById("map"), week));
