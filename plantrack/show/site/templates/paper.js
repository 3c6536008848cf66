// A document: shows what is known of the figure in hand, and the sentence that a link led to.
// Three listeners for the whole text, however many figures it has.
"use strict";
(() => {
  const marks = JSON.parse(document.getElementById("marks").textContent);
  const numbers = new Map(marks.map((mark, i) => [mark.id, i]));
  const paper = document.querySelector(".paper");
  const panel = document.querySelector("[data-panel]");
  const told = panel.querySelector("[data-told]");
  const shut = panel.querySelector("[data-shut]");
  const hint = [...told.childNodes];
  let current = [];

  const make = (tag, text, kind) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const both = (zh, en) => {
    const pair = [make("span", zh), make("span", en)];
    pair[0].lang = "zh";
    pair[1].lang = "en";
    return pair;
  };
  const line = (parts) => { const made = document.createElement("p"); made.append(...parts); return made; };

  const tell = (mark) => {
    const lines = [];
    for (const figure of mark.figures) {
      const scope = figure.scope ? `（${figure.scope}）` : "";
      const name = make("h2", figure.name + scope);
      name.lang = "zh-CN";
      lines.push(name, make("p", figure.value, "big nums"));
      lines.push(line([...both(figure.zh, figure.en), make("span", figure.period ? ` · ${figure.period}` : "")]));
      const sure = line(both(`把握 ${figure.sure}%`, `confidence ${figure.sure}%`));
      sure.className = "quiet";
      lines.push(sure);
    }
    const list = document.createElement("ul");
    for (const target of mark.targets) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = target.href;
      link.append(...both(target.name, target.en));
      item.append(...both(target.goal ? "目标：" : "数值，用于：", target.goal ? "goal of: " : "value of: "), link, " ");
      const badge = make("span", "", `badge s-${target.status}`);
      badge.append(...both(`${target.sign} ${target.zh}`, `${target.sign} ${target.said}`));
      item.append(badge);
      list.append(item);
    }
    if (mark.targets.length) lines.push(list);
    return lines;
  };

  const show = (which) => {
    if (which.join() === current.join()) return;
    current = which;
    told.replaceChildren(...(which.length ? which.flatMap((i) => tell(marks[i])) : hint));
    panel.classList.toggle("idle", !which.length);
    shut.hidden = !which.length;
  };

  const point = (event) => {
    const link = event.target.closest(".m[data-m]");
    if (link) show(link.dataset.m.split(" ").map(Number));
  };

  const arrive = () => {
    for (const old of paper.querySelectorAll(".here")) old.classList.remove("here");
    const number = numbers.get(decodeURIComponent(location.hash.slice(1)));
    if (number === undefined) return;
    const pieces = paper.querySelectorAll(`.m[data-m~="${number}"]`);
    for (const piece of pieces) {
      piece.classList.add("here");
      const sentence = piece.closest(".s")?.dataset.s;
      for (const part of paper.querySelectorAll(`.s[data-s="${sentence}"]`)) part.classList.add("here");
    }
    show([number]);
  };

  paper.addEventListener("pointerover", point);
  paper.addEventListener("focusin", point);
  shut.addEventListener("click", () => show([]));
  addEventListener("keydown", (event) => { if (event.key === "Escape") show([]); });
  addEventListener("hashchange", arrive);
  arrive();
})();
