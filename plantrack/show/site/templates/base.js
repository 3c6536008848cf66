// On every page: the reader's language and colours, the search box, and news from `plantrack serve`.
"use strict";
(() => {
  const html = document.documentElement;
  const asked = new URLSearchParams(location.search);
  const choices = {
    language: { param: "lang", values: ["zh", "en"] },
    theme: { param: "theme", values: ["auto", "light", "dark"] },
  };
  let remembers = true; // false where the browser keeps nothing: links then carry the choice

  const recall = (key) => {
    try { return localStorage.getItem(`plantrack-${key}`); } catch { remembers = false; return null; }
  };
  const remember = (key, value) => {
    try { localStorage.setItem(`plantrack-${key}`, value); } catch { remembers = false; }
  };
  const chosen = (key, otherwise) => {
    const { param, values } = choices[key];
    const wanted = asked.get(param);
    if (values.includes(wanted)) { remember(key, wanted); return wanted; }
    const kept = recall(key);
    return values.includes(kept) ? kept : otherwise;
  };
  const state = { language: chosen("language", html.dataset.language), theme: chosen("theme", "auto") };

  const speak = () => {
    html.lang = state.language;
    for (const each of document.querySelectorAll("[data-zh]")) {
      const word = each.dataset[state.language];
      if (each.tagName === "INPUT") each.placeholder = word; else each.textContent = word;
    }
    document.dispatchEvent(new Event("plantrack:language"));
  };
  const paint = () => {
    if (state.theme === "auto") delete html.dataset.theme; else html.dataset.theme = state.theme;
  };
  const choose = (key, value) => {
    state[key] = value;
    remember(key, value);
    const here = new URL(location.href);
    if (here.searchParams.has(choices[key].param)) {
      here.searchParams.set(choices[key].param, value);
      try { history.replaceState(null, "", here); } catch { /* some browsers forbid it for files */ }
    }
    if (key === "language") speak(); else paint();
  };

  html.lang = state.language;
  paint();
  document.addEventListener("DOMContentLoaded", () => {
    speak();
    document.addEventListener("click", (event) => {
      const tool = event.target.closest("[data-switch]");
      if (tool) {
        const key = tool.dataset.switch;
        const values = key === "theme" && matchMedia("(prefers-color-scheme: dark)").matches
          ? ["auto", "light", "dark"] : key === "theme" ? ["auto", "dark", "light"] : choices[key].values;
        choose(key, values[(values.indexOf(state[key]) + 1) % values.length]);
        return;
      }
      const link = remembers ? null : event.target.closest("a[href]");
      if (link && !link.getAttribute("href").startsWith("#")) {
        const to = new URL(link.href);
        for (const key of Object.keys(choices)) to.searchParams.set(choices[key].param, state[key]);
        link.href = to;
      }
    });
    document.querySelector("[data-find]").addEventListener("submit", (event) => {
      event.preventDefault();
      const words = new FormData(event.target).get("q").trim();
      const to = new URL(`${html.dataset.root}targets.html`, location.href);
      if (!remembers) to.searchParams.set("lang", state.language);
      to.hash = words ? `q=${encodeURIComponent(words)}` : "";
      location.href = to;
    });
  });

  // Only the page that `plantrack serve` hands out may ask for anything.
  const policy = document.querySelector("meta[http-equiv]").content;
  if (policy.includes("connect-src 'self'")) {
    const ask = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(`${html.dataset.root}version.txt`, { cache: "no-store" });
        const edition = answer.ok ? (await answer.text()).trim() : html.dataset.edition;
        if (edition !== html.dataset.edition) location.reload();
      } catch { /* the server has gone; the page stays */ }
    };
    setInterval(ask, 1000);
  }
})();
