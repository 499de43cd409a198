"use strict";
// Data come from texts: they become text and attributes, never markup.
{
  const SPREAD = 8; // samples of a slogan in its panel: with its course they fill a screen
  const get = id => document.getElementById(id);
  const data = id => get(id) && JSON.parse(get(id).textContent);
  const words = data("words-data"), slogans = withNames(data("slogans-data")), keywords = data("keywords-data");
  // The data of slogans are rows without names; slogans.py and samples.py have them in this order.
  function withNames(found) {
    const named = (...names) => row => Object.fromEntries(names.map((name, at) => [name, row[at]]));
    const slogan = named("name", "category", "introduced", "occasion", "count", "count_all", "documents", "rate",
      "first", "years", "undated");
    const cell = named("at", "count", "documents", "rate", "low", "high", "samples"); // of the year with that number
    return found && {
      n: found.n, documents: found.documents, years: found.years.map(named("year", "n", "bound")),
      all: found.slogans.map(slogan).map(entry => ({...entry, years: entry.years.map(cell)})),
      kind: found.own ? ', kind="slogan", lexicon=lexicon' : "", // else kwic looks into another lexicon than this page
    };
  }
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const whole = n => n.toLocaleString("en");
  const make = (tag, attributes, ...inside) => put(document.createElement(tag), attributes, inside);
  const draw = (tag, attributes, ...inside) =>
    put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, inside);
  function put(element, attributes, inside) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...inside);
    return element;
  }
  // Of many buttons one is in the order of the Tab key, and the arrow keys lead to the others.
  function hold(buttons, wanted) {
    for (const button of buttons) button.tabIndex = button === wanted ? 0 : -1;
    return wanted;
  }
  function arrows(box, all, next) {
    box.addEventListener("keydown", event => {
      const buttons = all(), at = buttons.indexOf(event.target), to = at < 0 ? null : next(buttons, at, event.key);
      if (!to) return;
      event.preventDefault();
      hold(buttons, to).focus();
    });
    box.addEventListener("focusin", event => all().includes(event.target) && hold(all(), event.target));
  }
  const along = (back, on) => (all, at, key) =>
    new Map([[back, all[at - 1]], [on, all[at + 1]], ["Home", all[0]], ["End", all.at(-1)]]).get(key);

  // Samples: those of a year in the dialog, those of all years in the panel.
  const dialog = get("samples");
  let opener = null;
  function lines(documents, found) {
    return found.map(([year, [number, offset, left, node, right]]) => {
      const [title, source] = documents[number];
      const place = fill(words.place, {year: year ?? words.undated, title});
      const text = [make("span", {class: "left"}, left), make("mark", {}, node), make("span", {}, right)];
      const from = [place, " ", make("code", {}, source), " ", fill(words.offset, {n: whole(offset)})];
      return make("li", {}, make("p", {class: "kwic"}, ...text), make("p", {class: "soft"}, ...from));
    });
  }
  const call = (name, where, kind) => `ct.kwic(corpus${where}, ${JSON.stringify(name)}${kind})`;
  function open({name, year, count, facts, documents, samples, kind}) {
    const some = samples.length && samples.length < count;
    const shown = lines(documents, samples.map(sample => [year, sample]));
    opener = document.activeElement;
    get("samples-title").textContent = fill(words.of_year, {name, year});
    get("samples-facts").textContent = facts;
    if (some) get("samples-facts").append(" · ", fill(words.some, {n: samples.length, count: whole(count)}));
    get("samples-list").replaceChildren(...(shown.length ? shown : [make("li", {}, words.none_shown)]));
    get("samples-code").textContent = call(name, `.where(year=${year})`, kind);
    dialog.showModal();
    dialog.scrollTop = 0;
  }
  get("samples-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => opener?.focus());

  // A slogan in a year. Where it is not said, the year alone tells how far its rate may go.
  function said(number, at) {
    const {year, n, bound} = slogans.years[at];
    const none = {count: 0, documents: 0, rate: "0.00", low: bound && "0.00", high: bound, samples: []};
    const cell = slogans.all[number].years.find(cell => cell.at === at) ?? none;
    const {count, documents, rate, low, high, samples} = cell;
    const values = {year, n: whole(n), count: whole(count), documents: whole(documents), rate, low, high};
    const facts = fill(high === null ? words.year_no_interval : words.year, values);
    return {year, n, count, rate: +rate, low: +low, high: high === null ? null : +high, samples, facts};
  }
  function openYear(number, at) {
    const {name} = slogans.all[number], {documents, kind} = slogans;
    open({...said(number, at), name, documents, kind});
  }

  // The course of a slogan over the years, in the width there is.
  function course(number, width) {
    const {name, introduced} = slogans.all[number], points = slogans.years.map((_, year) => said(number, year));
    const first = points[0].year, last = points.at(-1).year, top = 22, floor = 200;
    const left = Math.max(46, 16 + 5.5 * words.documents.length); // as wide as the longest word beside it
    const step = (width - left - 8) / (last - first + 1), every = [1, 2, 5, 10, 20].find(n => n * step >= 40) ?? 50;
    const height = every === 1 ? 258 : 246, busiest = Math.max(...points.map(p => p.n));
    const greatest = Math.max(...points.map(p => p.rate)), bound = Math.max(greatest, ...points.map(p => p.high));
    const unit = 10 ** Math.floor(Math.log10(greatest || 1));
    const most = Math.min(bound, 2.5 * greatest) || unit; // an interval of few documents may go far
    const tick = [.2, .5, 1, 2, 5].map(n => n * unit).find(n => most / n <= 5);
    const x = year => left + (year - first + .5) * step, y = rate => floor - (floor - top) * Math.min(rate / most, 1);
    const at = (year, rate) => `${x(year).toFixed(1)} ${y(rate).toFixed(1)}`;
    const text = (said, x, y, anchor) => draw("text", {x, y, "text-anchor": anchor}, said);
    const path = (kind, d) => draw("path", {class: kind, d});
    const box = (kind, x, y, width, height) => draw("rect", {class: kind, x, y, width, height});
    const label = fill(words.course, {name}) + (bound > most ? words.cut : "");
    const svg = draw("svg", {viewBox: `0 0 ${width} ${height}`, class: "course", role: "group", "aria-label": label},
      text(words.per_10k, 0, 10, "start"), text(words.documents, left - 6, 240, "end"));
    for (let rate = 0; rate <= most * 1.0001; rate += tick)
      svg.append(path("grid", `M${left} ${y(rate)}H${width - 8}`),
        text(+rate.toPrecision(3), left - 6, y(rate) + 4, "end"));
    for (let year = first; year <= last; year++) {
      const point = points.find(p => p.year === year), tall = point && 1 + 17 * point.n / busiest;
      svg.append(point ? box("n", x(year) - step / 2, 242 - tall, Math.max(step - 1, .6), tall)
        : box("gap", x(year) - step / 2, top, step, floor - top));
      if (year % every === 0) svg.append(text(year, x(year), floor + 17, "middle"));
      if (every === 1) svg.append(text(point ? whole(point.n) : "–", x(year), height - 4, "middle"));
    }
    if (introduced >= first && introduced <= last) {
      const end = x(introduced) > width - 90;
      svg.append(path("since", `M${x(introduced)} ${top - 8}V${floor}`),
        text(words.mark, x(introduced) + (end ? -5 : 5), top - 2, end ? "end" : "start"));
    }
    for (const run of runs(points.filter(p => p.high !== null))) {
      const up = run.map(p => at(p.year, p.high)), down = run.map(p => at(p.year, p.low)).reverse();
      svg.append(run.length > 1 ? path("band", `M${[...up, ...down].join("L")}Z`) : path("alone", `M${up}L${down}`));
    }
    for (const run of runs(points)) svg.append(path("line", `M${run.map(p => at(p.year, p.rate)).join("L")}`));
    const radius = Math.max(2, Math.min(3.5, step / 3));
    svg.append(...points.map((p, year) => draw("g",
      {role: p.count ? "button" : "img", tabindex: -1, "data-year": year, "aria-label": p.facts},
      box("hit", x(p.year) - step / 2, top, step, floor - top),
      draw("circle", {class: p.high === null ? "open" : "", cx: x(p.year), cy: y(p.rate), r: radius}))));
    return svg;
  }
  // Years without a gap between them.
  function runs(points) {
    const all = [];
    for (const point of points) {
      if (all.at(-1)?.at(-1).year === point.year - 1) all.at(-1).push(point);
      else all.push([point]);
    }
    return all;
  }

  const category = entry => Object.hasOwn(words.categories, entry.category) ? words.categories[entry.category] : "";
  // What each column of the list is sorted by, and whether from the greatest down at first.
  const COLUMNS = [[e => e.name], [category], [e => e.count, true], [e => e.count_all, true], [e => e.documents, true],
    [e => +e.rate, true], [e => e.introduced], [e => e.first]];

  // A slogan in the list; its button chooses it.
  function row(entry, number) {
    const cell = text => make("td", {class: "n"}, text ?? ""), {introduced, first} = entry;
    const since = cell(first), of = `${whole(entry.documents)} / ${whole(slogans.n)}`;
    if (introduced && first && first < introduced) since.append(" ", make("span", {title: words.early}, "⚠"));
    const marks = {"aria-pressed": false, "aria-controls": "slogan-panel", "data-slogan": number};
    const pick = make("button", marks, entry.name);
    return make("tr", {}, make("th", {scope: "row"}, pick), make("td", {class: "soft"}, category(entry)),
      ...[whole(entry.count), whole(entry.count_all), of, entry.rate, introduced].map(cell), since);
  }
  // Numbers of slogans by what they have in a column; those that have nothing there stand last.
  function sort(numbers, column, way) {
    const [value] = COLUMNS[column], compare = new Intl.Collator(document.documentElement.lang).compare;
    return numbers.sort((a, b) => {
      const one = value(slogans.all[a]) || null, other = value(slogans.all[b]) || null;
      if (one === null || other === null) return (one === null) - (other === null) || a - b;
      return way * (typeof one === "string" ? compare(one, other) : one - other) || a - b;
    });
  }

  function list() {
    const {all} = slogans, table = get("slogans-table"), search = get("slogans-search"), body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells], rows = all.map(row), choose = panel();
    const searched = all.map(entry => `${entry.name} ${category(entry)}`.toLowerCase());
    const button = number => rows[number].querySelector("button"), buttons = () => live.map(button);
    let sorted = 2, way = -1, live = [], chosen = 0;

    function refresh() {
      const parts = search.value.toLowerCase().split(/\s+/), order = way > 0 ? "ascending" : "descending";
      live = [...all.keys()].filter(number => parts.every(part => searched[number].includes(part)));
      sort(live, sorted, way);
      heads.forEach((head, column) => head.setAttribute("aria-sort", column === sorted ? order : "none"));
      body.replaceChildren(...live.map(number => rows[number]));
      hold(buttons(), live.includes(chosen) ? button(chosen) : buttons()[0]);
      const found = {n: whole(live.length), all: whole(all.length)};
      get("slogans-shown").value = fill(live.length ? words.shown : words.nothing, found);
    }
    function pick(number) {
      button(chosen).setAttribute("aria-pressed", false);
      chosen = number;
      button(chosen).setAttribute("aria-pressed", true);
      choose(chosen);
    }
    heads.forEach((head, column) => {
      head.replaceChildren(make("button", {}, head.textContent));
      head.firstChild.addEventListener("click", () => {
        way = column === sorted ? -way : COLUMNS[column][1] ? -1 : 1;
        sorted = column;
        refresh();
      });
    });
    body.addEventListener("click", event => {
      pick(rows.indexOf(event.target.closest("tr")));
      button(chosen).focus();
      const box = get("slogan-panel");
      if (box.getBoundingClientRect().top > innerHeight * .7) box.scrollIntoView({block: "center"});
    });
    search.addEventListener("input", refresh);
    arrows(body, buttons, along("ArrowUp", "ArrowDown"));
    refresh();
    pick(0);
  }

  // What is known of a slogan, in a line.
  function known({count, documents, rate, introduced, occasion, first}) {
    const since = !introduced ? words.introduced_unknown : occasion ? words.introduced_at : words.introduced;
    const said = fill(words.counted, {count: whole(count), documents: whole(documents), n: whole(slogans.n), rate});
    const facts = [said, fill(since, {year: introduced, occasion}), first && fill(words.first, {year: first})];
    return facts.filter(Boolean).join(" · ");
  }
  // Samples of a slogan, one of each year as far as there is room, each with its year.
  function spread({years, undated}) {
    const every = years.filter(cell => cell.samples.length).map(cell => [slogans.years[cell.at].year, cell.samples[0]]);
    every.push(...undated.map(sample => [null, sample]));
    const part = SPREAD / Math.max(SPREAD, every.length), turn = at => Math.floor(at * part);
    return every.filter((_, at) => turn(at + 1) > turn(at));
  }

  // What is shown of the chosen slogan; returns what shows another.
  function panel() {
    const figure = get("slogan-course"), reading = get("slogan-reading");
    let chosen = 0, drawn = 0;
    const points = () => [...figure.querySelectorAll("g")], point = event => event.target.closest("g");
    function show(number) {
      const entry = slogans.all[number], found = spread(entry);
      get("slogan-name").textContent = entry.name;
      get("slogan-facts").textContent = known(entry);
      get("slogan-spread").textContent = fill(words.spread, {n: found.length});
      get("slogan-samples").replaceChildren(...lines(slogans.documents, found));
      get("slogan-code").textContent = call(entry.name, "", slogans.kind);
      get("slogan-panel").hidden = false;
      figure.hidden = !slogans.years.length;
      chosen = number;
      redraw();
    }
    function redraw() {
      drawn = figure.clientWidth;
      figure.querySelector("svg")?.remove();
      if (!drawn) return;
      figure.prepend(course(chosen, drawn));
      hold(points(), points()[0]);
      reading.value = figure.firstChild.getAttribute("aria-label");
    }
    const read = event => { if (point(event)) reading.value = point(event).getAttribute("aria-label"); };
    const openPoint = event => {
      if (point(event)?.getAttribute("role") !== "button") return;
      event.preventDefault();
      hold(points(), point(event)).focus();
      openYear(chosen, +point(event).dataset.year);
    };
    for (const name of ["pointerover", "focusin"]) figure.addEventListener(name, read);
    figure.addEventListener("click", openPoint);
    figure.addEventListener("keydown", event => ["Enter", " "].includes(event.key) && openPoint(event));
    arrows(figure, points, along("ArrowLeft", "ArrowRight"));
    new ResizeObserver(() => figure.clientWidth !== drawn && redraw()).observe(figure);
    return show;
  }

  // What is wider than the window shows its latest years first.
  const latest = () => document.querySelectorAll("#slogans .trend, #slogans .wide:has(#slogans-map)")
    .forEach(box => { box.scrollLeft = box.scrollWidth; });

  function map() {
    const table = get("slogans-map"), cells = [...table.querySelectorAll("button")];
    const number = cell => +cell.closest("tr").dataset.slogan, year = cell => +cell.dataset.year;
    for (const cell of cells) {
      cell.disabled = false;
      cell.title = `${slogans.all[number(cell)].name} ${said(number(cell), year(cell)).facts}`;
    }
    hold(cells, cells[0]);
    const down = new Map([["ArrowUp", -1], ["ArrowDown", 1]]), right = new Map([["ArrowLeft", -1], ["ArrowRight", 1]]);
    arrows(table, () => cells, (_, at, key) => {
      for (let cell = cells[at].closest("td"); cell && (down.has(key) || right.has(key));) {
        const row = cell.parentNode.rowIndex + (down.get(key) ?? 0);
        cell = table.rows[row]?.cells[cell.cellIndex + (right.get(key) ?? 0)];
        if (cell?.querySelector("button")) return cell.querySelector("button");
      }
      return null;
    });
    table.addEventListener("click", ({target}) => target.matches("button") && openYear(number(target), year(target)));
  }

  function terms() {
    const table = get("keywords-table"), all = [...table.querySelectorAll("button")];
    for (const button of all) button.disabled = false;
    hold(all, all[0]);
    arrows(table, () => all, along("ArrowLeft", "ArrowRight"));
    table.addEventListener("click", ({target}) => {
      if (!target.matches("button")) return;
      const [year, n, found] = keywords.years[target.dataset.year];
      const [name, count, documents, samples] = found[target.dataset.term];
      const facts = fill(words.word, {count: whole(count), documents: whole(documents), n: whole(n)});
      open({name, year, count, facts, samples, documents: keywords.documents, kind: ', kind="word"'});
    });
  }

  document.documentElement.classList.add("js");
  if (slogans) list();
  if (get("slogans-map")) map();
  if (keywords) terms();
  latest();
}
