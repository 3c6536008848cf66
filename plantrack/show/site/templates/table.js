// The table of targets: filters, search and order, kept in the address so that it can be shared.
"use strict";
(() => {
  const table = document.querySelector("[data-table]");
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const form = document.querySelector("[data-filters]");
  const fields = [...form.querySelectorAll("[data-filter]")];
  const heads = [...table.querySelectorAll("[data-sort]")];
  const shown = form.querySelector("[data-shown]");
  const none = document.querySelector("[data-none]");
  const names = new Intl.Collator("zh-CN", { numeric: true });
  let order = { key: "", down: false };
  let own = ""; // the address as this script wrote it last

  const wanted = () => {
    const found = new URLSearchParams();
    for (const field of fields) {
      const key = field.dataset.filter;
      if (field.type !== "checkbox") { if (field.value.trim()) found.set(key, field.value.trim()); continue; }
      if (field.checked) found.set(key, found.has(key) ? `${found.get(key)},${field.value}` : field.value);
    }
    return found;
  };

  const filter = (by) => {
    const words = (by.get("q") || "").toLowerCase().split(/\s+/).filter(Boolean);
    const statuses = by.has("status") ? by.get("status").split(",") : null;
    let count = 0;
    for (const row of rows) {
      const data = row.dataset;
      const fits = (!statuses || statuses.includes(data.status))
        && ["plan", "field", "region", "nature"].every((key) => !by.has(key) || by.get(key) === data[key])
        && words.every((word) => data.q.includes(word));
      row.hidden = !fits;
      count += fits;
    }
    none.hidden = count > 0;
    const en = document.documentElement.lang === "en";
    shown.textContent = en ? `${count} of ${rows.length} targets` : `共 ${rows.length} 项，显示 ${count} 项`;
  };

  const sort = () => {
    const at = heads.findIndex((head) => head.dataset.sort === order.key);
    heads.forEach((head, i) => {
      const cell = head.closest("th");
      if (i === at) cell.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    const keyed = rows.map((row, i) => [at < 0 ? String(i) : row.cells[at].dataset.v, row]);
    const turn = order.down ? -1 : 1;
    keyed.sort(([a], [b]) => {
      if (!a || !b) return a ? -1 : b ? 1 : 0; // what is unknown comes last either way
      const [x, y] = [Number(a), Number(b)];
      return turn * (Number.isNaN(x) || Number.isNaN(y) ? names.compare(a, b) : x - y);
    });
    body.append(...keyed.map(([, row]) => row));
  };

  const write = () => {
    const by = wanted();
    filter(by);
    if (order.key) { by.set("sort", order.key); if (order.down) by.set("order", "down"); }
    own = by.toString() ? `#${by}` : "";
    const to = location.pathname + location.search + own;
    try { history.replaceState(null, "", to); } catch { location.hash = own; }
  };

  const read = () => {
    const by = new URLSearchParams(location.hash.length > 1 ? location.hash.slice(1) : location.search);
    for (const field of fields) {
      const value = by.get(field.dataset.filter) || "";
      if (field.type === "checkbox") field.checked = value.split(",").includes(field.value);
      else field.value = field.dataset.filter === "field" && by.has("field") && !value ? "-" : value;
    }
    const key = heads.some((head) => head.dataset.sort === by.get("sort")) ? by.get("sort") : "";
    const wasOrdered = order.key;
    order = { key, down: by.get("order") === "down" };
    if (key || wasOrdered) sort(); // the page comes in the plan's order
    filter(wanted());
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", write);
  form.addEventListener("reset", () => setTimeout(write));
  table.tHead.addEventListener("click", (event) => {
    const head = event.target.closest("[data-sort]");
    if (!head) return;
    const key = head.dataset.sort;
    if (order.key !== key) order = { key, down: false };
    else order = order.down ? { key: "", down: false } : { key, down: true };
    sort();
    write();
  });
  addEventListener("hashchange", () => { if (location.hash !== own) read(); });
  document.addEventListener("plantrack:language", () => filter(wanted()));
  read();
})();
