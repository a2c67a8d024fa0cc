// 未发布 n 处 and 未通知 n 人, beside 通知 in the bar. Whoever changes the week says so: new Event("week:changed").
import { get } from "./api.js";
import { say } from "./words.js";

export function keepCounts() {
  const { week } = document.body.dataset;
  const links = document.querySelectorAll('[data-nav="tell"]');
  if (!week || !links.length) return;
  const read = async () => {
    const { unpublished, untold } = await get(`/v1/weeks/${week}/facts`);
    for (const link of links) show(link, unpublished, untold);
  };
  const quietly = () => read().catch(() => {});
  document.addEventListener("week:changed", quietly);
  quietly();
}

function show(link, unpublished, untold) {
  link.querySelector(".counts")?.remove();
  const said = [];
  if (unpublished) said.push(say("script.counts.unpublished", { count: unpublished }));
  if (untold) said.push(say("script.counts.untold", { count: untold }));
  if (!said.length) return;
  const mark = document.createElement("span");
  mark.className = "counts";
  mark.textContent = said.join(" ");
  link.append(mark);
}
