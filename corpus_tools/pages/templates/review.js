"use strict";
{
  const main = document.getElementById("review"), place = document.getElementById("place");
  const search = document.getElementById("search");
  const all = [...document.querySelectorAll(".e")], heads = [...main.querySelectorAll("article")];
  let live = [], now = null;
  document.documentElement.classList.add("js");

  // What the keys go to: shown kinds, found rules; of lines that one rule removed in a row only the first.
  function refresh() {
    const words = search.value.trim().toLowerCase();
    const off = new Set([...document.querySelectorAll("#kinds input:not(:checked)")].map(box => "k" + box.value));
    for (const box of document.querySelectorAll("#kinds input")) main.classList.toggle("h" + box.value, !box.checked);
    main.classList.toggle("dim", words !== "");
    live = all.filter(e => {
      const hit = e.title.toLowerCase().includes(words);
      e.classList.toggle("hit", hit);
      return hit && !e.classList.contains("s") && !off.has(e.classList[1]);
    });
    for (const row of main.querySelectorAll("tr[data-rule]"))
      row.hidden = !row.dataset.rule.toLowerCase().includes(words);
    say();
  }
  function say() {
    place.value = (live.indexOf(now) + 1 || "–") + " / " + live.length;
  }
  function open(element) {
    for (let d = element.parentElement.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
  }
  function go(element) {
    if (now) now.classList.remove("now");
    now = element;
    open(element);
    element.tabIndex = -1;
    if (element.classList.contains("e")) element.classList.add("now");
    element.focus({preventScroll: true});
    element.scrollIntoView({block: element.tagName === "ARTICLE" ? "start" : "center"});
    say();
  }
  // The next of a list in the order of the page, counted from where the reader is.
  function step(list, way) {
    const after = e => !now || (now.compareDocumentPosition(e) & (way > 0 ? 4 : 2));
    const found = way > 0 ? list.find(e => e !== now && after(e)) : now && list.findLast(e => e !== now && after(e) && !e.contains(now));
    if (found) go(found);
  }
  const keys = {
    n: () => step(live, 1), j: () => step(live, 1), p: () => step(live, -1), k: () => step(live, -1),
    N: () => step(heads, 1), J: () => step(heads, 1), P: () => step(heads, -1), K: () => step(heads, -1),
    "/": () => search.focus(),
    o: () => {
      const fold = now && (now.querySelector("details") || now.closest("details"));
      if (fold) fold.open = !fold.open;
    },
  };
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") { search.blur(); document.getElementById("kinds").open = false; return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input")) return;
    if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
  });
  function follow() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target || !target.matches(".e")) return;
    const box = document.querySelector(`#kinds input[value="${target.classList[1].slice(1)}"]`);
    if (!box.checked || search.value) {
      box.checked = true;
      search.value = "";
      refresh();
    }
    go(target);
  }
  document.addEventListener("click", event => {
    const link = event.target.closest("a[href^='#e']");
    if (link && link.hash === location.hash) follow();
    const mark = event.target.closest(".e");
    if (mark) { if (now) now.classList.remove("now"); now = mark; now.classList.add("now"); say(); }
  });
  addEventListener("hashchange", follow);
  search.addEventListener("input", refresh);
  document.getElementById("kinds").addEventListener("change", refresh);
  document.getElementById("bar").addEventListener("submit", event => event.preventDefault());
  document.getElementById("next").addEventListener("click", keys.n);
  document.getElementById("previous").addEventListener("click", keys.p);
  refresh();
  follow();
}
