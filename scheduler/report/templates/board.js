"use strict";
// The week as people × hours, on a canvas no larger than its window: only what is seen is drawn.
(() => {
  const { data, MINUTES, pick, say, clock, duration, taskName, placeName, element, byPerson, crews } = report;
  const scroller = document.getElementById("board-scroll");
  const space = document.getElementById("board-space");
  const canvas = document.getElementById("board-canvas");
  const tip = document.getElementById("tip");
  const live = document.getElementById("board-live");
  let pen = canvas.getContext("2d");
  const coarse = matchMedia("(pointer: coarse)").matches;
  const ROW = coarse ? 30 : 26, GROUP = 28, HEAD = 44;
  const FONT = '"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif';
  const [from, to] = data.hours.map((hour) => hour * 60);
  const view = { first: 0, count: Math.min(7, data.days.length), role: -1, area: -1 };
  const scrolled = () => ({ x: scroller.scrollLeft, y: scroller.scrollTop, w: canvas.clientWidth, h: canvas.clientHeight });
  // The part of the whole drawing that is drawn: what the window shows, or a sheet of paper.
  let frame = { x: 0, y: 0, w: 0, h: 0 };
  let rows = [], height = 0, width = 0, names = 150, chosen = null, colours = palette();

  const layRows = () => {
    rows = [];
    let y = HEAD;
    data.roles.forEach((_, role) => {
      if (view.role >= 0 && view.role !== role) return;
      const people = data.people.map((_, p) => p).filter((p) => data.people[p][1] === role
        && (view.area < 0 || data.people[p][2] === view.area || data.people[p][2] < 0));
      if (!people.length) return;
      rows.push({ role, y, h: GROUP, count: people.length });
      y += GROUP;
      for (const person of people) { rows.push({ person, y, h: ROW }); y += ROW; }
    });
    height = y + 1;
  };

  const size = () => {
    const box = scroller.clientWidth;
    names = box < 560 ? 104 : 168;
    const least = view.count === 1 ? 620 : 104 * view.count;
    width = Math.max(box, names + least);
    space.style.width = `${width}px`;
    space.style.height = `${height}px`;
    const tall = Math.min(height, scroller.clientHeight || height);
    const scale = devicePixelRatio || 1;
    canvas.style.width = `${box}px`;
    canvas.style.height = `${tall}px`;
    canvas.width = Math.round(box * scale);
    canvas.height = Math.round(tall * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    draw();
  };

  const x = (minute) => {
    const day = Math.floor(minute / MINUTES);
    const part = Math.min(Math.max((minute - day * MINUTES - from) / (to - from), 0), 1);
    return names + ((day - view.first + part) / view.count) * (width - names) - frame.x;
  };
  const inView = (start, end) => end > view.first * MINUTES && start < (view.first + view.count) * MINUTES;

  const box = (start, end, y, h, fill) => {
    const left = x(start), right = x(end);
    if (right <= left) return;
    pen.fillStyle = fill;
    pen.fillRect(left, y, right - left, h);
  };

  const draw = () => {
    frame = scrolled();
    paint();
  };

  const paint = () => {
    const { w, h, y: top } = frame;
    pen.fillStyle = colours.card;
    pen.fillRect(0, 0, w, h);
    const seen = rows.filter((row) => row.y - top <= h && row.y + row.h - top > HEAD);
    for (const row of seen) {
      if (row.person === undefined) drawGroup(row, row.y - top, w);
      else drawPresence(row.person, row.y - top, w);
    }
    drawHours(h);
    for (const row of seen) if (row.person !== undefined) drawWork(row.person, row.y - top);
    drawNames(h, top);
    drawHead(w);
  };

  const drawGroup = (row, y, w) => {
    pen.fillStyle = colours.faint;
    pen.fillRect(0, y, w, GROUP);
  };

  const drawPresence = (person, y, w) => {
    pen.fillStyle = colours.off;
    pen.fillRect(names, y, w - names, ROW);
    const spans = (list, fill) => {
      for (let n = 0; n < list.length; n += 2)
        if (inView(list[n], list[n + 1])) box(list[n], list[n + 1], y, ROW, fill);
    };
    spans(data.present[person], colours.inside);
    spans(data.leave[person], colours.away);
    pen.fillStyle = colours.line;
    pen.fillRect(0, y + ROW - 1, w, 1);
  };

  const drawWork = (person, y) => {
    for (const [, start, end] of restsOf.get(person) || [])
      if (inView(start, end)) drawRest(start, end, y);
    for (const bar of byPerson[person]) if (inView(bar[2] - bar[5], bar[3])) drawBar(bar, y);
  };

  const drawRest = (start, end, y) => {
    box(start, end, y + 6, ROW - 13, colours.rest);
    pen.strokeStyle = colours.accent;
    pen.setLineDash([2, 2]);
    pen.strokeRect(x(start) + 0.5, y + 6.5, Math.max(1, x(end) - x(start) - 1), ROW - 14);
    pen.setLineDash([]);
  };

  const drawBar = (bar, y) => {
    const [, task, start, end, , travel] = bar;
    const middle = y + ROW / 2 - 0.5;
    pen.fillStyle = colours.travel;
    if (task < 0) { pen.fillRect(x(start), middle - 0.5, x(end) - x(start), 1.5); return; }
    if (travel) pen.fillRect(x(start - travel), middle - 0.5, x(start) - x(start - travel), 1.5);
    const kind = data.kinds[data.tasks[task][1]];
    const left = x(start), wide = Math.max(2.5, x(end) - left - 1);
    const [fill, ink] = colours.kinds[kind[2]];
    const shift = kind[3], upper = y + (shift ? 3 : 5), tall = ROW - (shift ? 7 : 11);
    pen.fillStyle = wide < 14 ? colours.textures[kind[2]] : fill;
    pen.beginPath();
    if (shift) pen.rect(left, upper, wide, tall);
    else pen.roundRect(left, upper, wide, tall, Math.min(4, wide / 2));
    pen.fill();
    if (shift) { pen.fillStyle = "rgb(0 0 0 / .35)"; pen.fillRect(left, upper + tall - 3, wide, 3); }
    if (bar === chosen) {
      pen.strokeStyle = colours.ink;
      pen.lineWidth = 2;
      pen.strokeRect(left - 2, upper - 2, wide + 4, tall + 4);
      pen.lineWidth = 1;
    }
    if (wide < 14) return;
    pen.save();
    pen.beginPath();
    pen.rect(left, upper, wide, tall);
    pen.clip();
    pen.fillStyle = ink;
    pen.font = `600 11px ${FONT}`;
    pen.textBaseline = "middle";
    const mark = pick(kind[1]);
    if (wide < 52) {
      pen.textAlign = "center";
      pen.fillText(mark, left + wide / 2, upper + tall / 2 + 0.5);
    } else {
      pen.textAlign = "left";
      pen.fillText(mark, left + 4, upper + tall / 2 + 0.5);
      pen.font = `11px ${FONT}`;
      pen.fillText(taskName(data.tasks[task]), left + 19, upper + tall / 2 + 0.5);
    }
    pen.restore();
  };

  const drawHours = (h) => {
    const perHour = (width - names) / view.count / ((to - from) / 60);
    const step = [1, 2, 3, 4, 6, 12].find((hours) => hours * perHour > 15) || 24;
    pen.textBaseline = "middle";
    for (let day = view.first; day < view.first + view.count; day += 1) {
      const left = x(day * MINUTES);
      pen.fillStyle = colours.soft;
      pen.fillRect(Math.round(left), HEAD, 1, h);
      pen.fillStyle = colours.line;
      for (let hour = from / 60 + step; hour < to / 60; hour += step) {
        pen.globalAlpha = 0.5;
        pen.fillRect(Math.round(x(day * MINUTES + hour * 60)), HEAD, 1, h);
        pen.globalAlpha = 1;
      }
    }
  };

  const drawNames = (h, top) => {
    pen.fillStyle = colours.card;
    pen.fillRect(0, 0, names, h);
    for (const row of rows) {
      const y = row.y - top;
      if (y > h || y + row.h <= HEAD) continue;
      const group = row.person === undefined;
      if (group) { pen.fillStyle = colours.faint; pen.fillRect(0, y, names, GROUP); }
      else { pen.fillStyle = colours.line; pen.fillRect(0, y + ROW - 1, names, 1); }
      pen.fillStyle = colours.ink;
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      pen.font = `${group ? "600 13px" : "13px"} ${FONT}`;
      const words = group ? `${pick(data.roles[row.role])}  ${row.count}` : data.people[row.person][0];
      pen.fillText(fit(words, names - 20), 12, y + row.h / 2);
    }
    pen.fillStyle = colours.soft;
    pen.fillRect(names - 1, 0, 1, h);
  };

  const fit = (words, most) => {
    if (pen.measureText(words).width <= most) return words;
    let cut = words;
    while (cut.length > 1 && pen.measureText(`${cut}…`).width > most) cut = cut.slice(0, -1);
    return `${cut}…`;
  };

  const drawHead = (w) => {
    pen.fillStyle = colours.card;
    pen.fillRect(0, 0, w, HEAD);
    const perDay = (width - names) / view.count;
    const perHour = perDay / ((to - from) / 60);
    const step = [1, 2, 3, 4, 6, 12].find((hours) => hours * perHour > 30) || 24;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    pen.save();
    pen.beginPath();
    pen.rect(names, 0, w - names, HEAD);
    pen.clip();
    for (let day = view.first; day < view.first + view.count; day += 1) {
      const left = x(day * MINUTES);
      pen.fillStyle = colours.ink;
      pen.font = `600 13px ${FONT}`;
      pen.fillText(pick(perDay > 150 ? data.days[day] : data.heads[day]), left + 8, 15);
      pen.fillStyle = colours.soft;
      pen.fillRect(Math.round(left), 0, 1, HEAD);
      pen.font = `11px ${FONT}`;
      for (let hour = Math.ceil(from / 60 / step) * step; (to / 60 - hour) * perHour > 16; hour += step)
        pen.fillText(String(hour), x(day * MINUTES + hour * 60) + 3, 34);
    }
    pen.restore();
    pen.fillStyle = colours.card;
    pen.fillRect(0, 0, names, HEAD);
    pen.fillStyle = colours.soft;
    pen.fillRect(0, HEAD - 1, w, 1);
    pen.fillRect(names - 1, 0, 1, HEAD);
  };

  // Paper gets every row, a canvas for each page, with the days and hours on each.
  const SHEET = { wide: 1040, first: 540, tall: 660, scale: 2 };
  const sheets = document.getElementById("board-print");
  const onSheet = (start, end) => {
    const sheet = element("canvas", undefined, sheets);
    frame = { x: 0, y: start - HEAD, w: SHEET.wide, h: end - start + HEAD + 1 };
    sheet.width = frame.w * SHEET.scale;
    sheet.height = frame.h * SHEET.scale;
    pen = sheet.getContext("2d");
    pen.scale(SHEET.scale, SHEET.scale);
    paint();
  };
  addEventListener("beforeprint", () => {
    const kept = { pen, width, names, chosen };
    chosen = null;
    document.documentElement.classList.add("printing");
    colours = palette();
    [width, names] = [SHEET.wide, 150];
    let start = HEAD, end = HEAD, room = SHEET.first - HEAD;
    for (const row of rows) {
      if (row.y + row.h - start > room) { onSheet(start, end); start = row.y; room = SHEET.tall - HEAD; }
      end = row.y + row.h;
    }
    if (end > start) onSheet(start, end);
    document.documentElement.classList.remove("printing");
    ({ pen, width, names, chosen } = kept);
    colours = palette();
    draw();
  });
  addEventListener("afterprint", () => sheets.replaceChildren());

  const restsOf = new Map();
  for (const one of data.rests) {
    if (!restsOf.has(one[0])) restsOf.set(one[0], []);
    restsOf.get(one[0]).push(one);
  }

  const at = (event) => {
    const bounds = canvas.getBoundingClientRect();
    const px = event.clientX - bounds.left, py = event.clientY - bounds.top;
    if (px < names || py < HEAD) return null;
    const row = rows.find((one) => py + scroller.scrollTop >= one.y && py + scroller.scrollTop < one.y + one.h);
    if (!row || row.person === undefined) return null;
    return byPerson[row.person].find((bar) => bar[1] >= 0 && inView(bar[2], bar[3])
      && px >= x(bar[2]) - 2 && px <= Math.max(x(bar[3]), x(bar[2]) + 3) + 1) || null;
  };

  const lines = (bar) => {
    const [person, task, start, end, place, travel] = bar;
    const record = data.tasks[task];
    const found = [
      `${pick(data.days[Math.floor(start / MINUTES)])} ${clock(start)}–${clock(end)}`,
      `${pick(data.kinds[record[1]][0])} · ${placeName(data.places[place])}`,
      data.people[person][0],
    ];
    const others = (crews.get(task) || []).filter((one) => one !== person);
    if (others.length && record[0] !== 0) {
      const some = others.slice(0, 6).map((one) => data.people[one][0]).join(say("comma"));
      found.push(say("client.with", { people: others.length > 6 ? `${some}…` : some }));
    }
    if (record[4] < record[3]) found.push(say("client.lacks", { missing: record[3] - record[4] }));
    found.push(say("client.priority", { priority: record[2] }));
    if (travel) found.push(say("client.travel", { time: duration(travel) }));
    return found;
  };

  const choose = (bar, px, py) => {
    if (bar !== chosen) { chosen = bar; draw(); }
    tip.hidden = !bar;
    if (!bar) return;
    tip.replaceChildren();
    const name = taskName(data.tasks[bar[1]]);
    element("strong", name, tip);
    for (const line of lines(bar)) element("div", line, tip);
    const bounds = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(px + 14, innerWidth - bounds.width - 8))}px`;
    tip.style.top = `${py + 18 + bounds.height > innerHeight ? Math.max(8, py - bounds.height - 12) : py + 18}px`;
  };

  const step = (key) => {
    const seen = rows.filter((row) => row.person !== undefined)
      .map((row) => ({ row, bars: byPerson[row.person].filter((bar) => bar[1] >= 0 && inView(bar[2], bar[3])) }))
      .filter((one) => one.bars.length);
    if (!seen.length) return;
    let line = chosen ? seen.findIndex((one) => one.row.person === chosen[0]) : -1;
    let next;
    if (line < 0) { line = 0; [next] = seen[0].bars; }
    else if (key === "ArrowLeft" || key === "ArrowRight") {
      const place = seen[line].bars.indexOf(chosen) + (key === "ArrowRight" ? 1 : -1);
      next = seen[line].bars[Math.min(Math.max(place, 0), seen[line].bars.length - 1)];
    } else {
      line = Math.min(Math.max(line + (key === "ArrowDown" ? 1 : -1), 0), seen.length - 1);
      const { bars } = seen[line];
      next = bars.reduce((best, bar) => (Math.abs(bar[2] - chosen[2]) < Math.abs(best[2] - chosen[2]) ? bar : best), bars[0]);
    }
    const { row } = seen[line];
    if (row.y - scroller.scrollTop < HEAD) scroller.scrollTop = row.y - HEAD;
    if (row.y + ROW > scroller.scrollTop + canvas.clientHeight) scroller.scrollTop = row.y + ROW - canvas.clientHeight;
    if (x(next[2]) < names) scroller.scrollLeft -= names - x(next[2]) + 20;
    if (x(next[3]) > canvas.clientWidth) scroller.scrollLeft += x(next[3]) - canvas.clientWidth + 20;
    const bounds = canvas.getBoundingClientRect();
    choose(next, bounds.left + x(next[2]), bounds.top + row.y - scroller.scrollTop + ROW / 2);
    live.textContent = [taskName(data.tasks[next[1]]), ...lines(next)].join(say("comma"));
  };

  canvas.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") choose(at(event), event.clientX, event.clientY); });
  canvas.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") choose(null); });
  canvas.addEventListener("click", (event) => choose(at(event), event.clientX, event.clientY));
  canvas.addEventListener("blur", () => choose(null));
  canvas.addEventListener("keydown", (event) => {
    if (event.key.startsWith("Arrow")) { event.preventDefault(); step(event.key); }
    if (event.key === "Escape") choose(null);
  });
  scroller.addEventListener("scroll", () => { tip.hidden = true; draw(); }, { passive: true });

  const days = document.getElementById("board-days");
  const fillDays = () => {
    days.replaceChildren();
    const button = (words, first, count) => {
      const made = element("button", words, days);
      made.type = "button";
      made.setAttribute("aria-pressed", String(view.first === first && view.count === count));
      made.addEventListener("click", () => {
        Object.assign(view, { first, count });
        scroller.scrollLeft = 0;
        fillDays();
        size();
      });
    };
    const total = data.days.length, week = Math.floor(view.first / 7) * 7;
    if (total > 7) {
      const moved = (by, words) => {
        const first = week + by;
        if (first < 0 || first >= total) return;
        button(words, first, Math.min(7, total - first));
      };
      moved(-7, "‹");
      button(say("client.week"), week, Math.min(7, total - week));
      moved(7, "›");
    } else button(say("client.week"), 0, total);
    if (total > 1) for (let day = week; day < Math.min(week + 7, total); day += 1) button(pick(data.heads[day]), day, 1);
  };
  const fillSelect = (select, all, options, chosenOne) => {
    select.replaceChildren();
    [all, ...options].forEach((words, n) => { element("option", words, select).value = n - 1; });
    select.value = chosenOne;
  };
  const role = document.getElementById("board-role"), area = document.getElementById("board-area");
  role.addEventListener("change", () => { view.role = Number(role.value); layRows(); scroller.scrollTop = 0; size(); });
  area.addEventListener("change", () => { view.area = Number(area.value); layRows(); scroller.scrollTop = 0; size(); });
  document.getElementById("board-area-box").hidden = data.areas.length === 0;

  layRows();
  report.onLanguage(() => {
    fillDays();
    fillSelect(role, say("client.all_roles"), data.roles.map(pick), view.role);
    fillSelect(area, say("client.all_areas"), data.areas, view.area);
    size();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { colours = palette(); draw(); });
  new ResizeObserver(() => size()).observe(scroller);
})();
