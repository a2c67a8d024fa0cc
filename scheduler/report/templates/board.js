// The board of the report: which days, roles and areas it shows, and its sheets of paper.
const boardOfReport = ({ week, onLanguage }) => {
  const { data } = week, { pick, say } = week.speech;
  const host = document.getElementById("board-grid");
  const row = matchMedia("(pointer: coarse)").matches ? 30 : 26;
  const view = { role: -1, area: -1, first: 0, count: Math.min(7, data.days.length) };
  const grid = new WeekGrid(host, week, {
    label: () => say("label"),
    none: (one) => `${one.label}: ${say("no_work_here")}`,
  });
  const show = () => grid.show(peopleRows(week, view, row), view.first, view.count);

  const sheets = document.getElementById("board-print");
  addEventListener("beforeprint", () => printSheets(sheets, grid));
  addEventListener("afterprint", () => sheets.replaceChildren());

  const days = document.getElementById("board-days");
  const fillDays = () => {
    days.replaceChildren();
    const button = (words, first, count) => {
      const made = element("button", words, days);
      made.type = "button";
      made.setAttribute("aria-pressed", String(view.first === first && view.count === count));
      made.addEventListener("click", () => {
        Object.assign(view, { first, count });
        host.scrollLeft = 0;
        fillDays();
        show();
      });
    };
    const total = data.days.length, first = Math.floor(view.first / 7) * 7;
    const moved = (by, words) => {
      const next = first + by;
      if (next >= 0 && next < total) button(words, next, Math.min(7, total - next));
    };
    moved(-7, "‹");
    button(say("week"), first, Math.min(7, total - first));
    moved(7, "›");
    if (total > 1) for (let day = first; day < Math.min(first + 7, total); day += 1) button(pick(data.heads[day]), day, 1);
  };
  const fillSelect = (select, all, options, chosenOne) => {
    select.replaceChildren();
    [all, ...options].forEach((words, n) => { element("option", words, select).value = n - 1; });
    select.value = chosenOne;
  };
  const role = document.getElementById("board-role"), area = document.getElementById("board-area");
  for (const [select, name] of [[role, "role"], [area, "area"]])
    select.addEventListener("change", () => { view[name] = Number(select.value); host.scrollTop = 0; show(); });
  document.getElementById("board-area-box").hidden = data.areas.length === 0;

  onLanguage(() => {
    fillDays();
    fillSelect(role, say("all_roles"), data.roles.map(pick), view.role);
    fillSelect(area, say("all_areas"), data.areas, view.area);
    show();
  });
};
