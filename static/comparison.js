// What a script adds to the page of a comparison, which is whole without it: sums that follow the weights, and where the
// reader's own pay would stand. The sentences are patterns on the page, which the server fills in the same way.
(() => {
  "use strict";

  // A pattern with words for the names in braces: a list of texts and elements.
  const fill = (pattern, words) => pattern.split(/\{(\w+)\}/).flatMap((text, place) => (place % 2 ? words[text] : text));

  // Items with commas, and with "and" before the last.
  const list = (items) => items.flatMap((item, place) => (place ? [place < items.length - 1 ? ", " : " and ", item] : [item]).flat());

  function inColour(letter, text) {
    return Object.assign(document.createElement("b"), { className: `${letter} m`, textContent: text });
  }

  // -- What matters: weights times shares of the best figure, in hundredths so that sums are exact --------------

  const form = document.getElementById("weigh");
  if (form) {
    const patterns = JSON.parse(form.dataset.patterns);
    const tossUp = Number(form.dataset.tossUp); // percent of the weights
    const names = [...form.querySelectorAll("thead .m")].map((head) => head.textContent);
    const roles = names.map((_, role) => role);
    const sumCells = [...form.querySelectorAll("tfoot .n")];
    const rows = [...form.querySelectorAll("tbody tr")].map((row) => ({
      select: row.querySelector("select"),
      label: row.querySelector("th").firstChild.data.toLowerCase(),
      shares: row.dataset.shares.split(" ").map(Number),
      products: [...row.querySelectorAll(".n span")],
    }));
    const points = (hundredths) => (hundredths / 100).toFixed(2);
    const named = (role) => inColour("abcd"[role], names[role]);

    function weigh(weights) {
      const total = weights.reduce((sum, weight) => sum + weight);
      const sums = roles.map((role) => rows.reduce((sum, { shares }, place) => sum + weights[place] * shares[role], 0));
      const best = Math.max(...sums);
      return { total, sums, leaders: roles.filter((role) => best - sums[role] < tossUp * total) };
    }

    // Every other weight of each aspect with the role that leads by it, null for a toss-up; the smallest changes first.
    function findChanges(weights) {
      const changes = rows.flatMap(({ label, select }, place) => {
        const results = [...select.options].map((_, weight) => weigh(weights.map((other, at) => (at === place ? weight : other))));
        const leads = results.map(({ leaders }) => (leaders.length === 1 ? leaders[0] : null));
        return leads.flatMap((leader, weight) => {
          const change = weight - weights[place];
          if (!change || !results[weight].total) return [];
          const beyond = change > 0 ? leads.slice(weight + 1) : leads.slice(0, weight);
          const same = beyond.length && beyond.every((other) => other === leader);
          return { label, weight, change, leader, bound: same ? (change > 0 ? "more" : "less") : "exactly" };
        });
      });
      return changes.sort((one, other) => Math.abs(one.change) - Math.abs(other.change));
    }

    function findTurns(weights, leaders) {
      const changes = findChanges(weights);
      const turns = roles.filter((role) => leaders.length > 1 || role !== leaders[0])
        .flatMap((role) => changes.find(({ leader }) => leader === role) ?? []);
      return turns.length || leaders.length > 1 ? turns : changes.filter(({ leader }) => leader === null).slice(0, 1);
    }

    function write(weights, { total, sums, leaders }) {
      if (!total) return [];
      const others = roles.filter((role) => !leaders.includes(role)).sort((one, other) => sums[other] - sums[one]);
      const words = { who: list(leaders.map(named)), points: list(leaders.map((role) => points(sums[role]))), all: total };
      const each = others.map((role) => fill(patterns.each, { points: points(sums[role]), who: named(role) }));
      const turns = findTurns(weights, leaders).flatMap(({ label, weight, bound, leader }, place) =>
        fill(patterns[place ? "turns" : "turn"], {
          what: label,
          weight: fill(patterns[bound], { weight }),
          who: leader === null ? patterns.tie : named(leader),
        }));
      return [
        ...fill(leaders.length === 1 ? patterns.leads : patterns.tied, words),
        ...(others.length ? fill(patterns.against, { others: list(each) }) : []),
        ". ", ...(turns.length ? turns : [patterns.firm]), ".",
      ];
    }

    function update() {
      const weights = rows.map(({ select }) => Number(select.value));
      const result = weigh(weights);
      rows.forEach(({ shares, products }, place) => products.forEach((product, role) => {
        const weight = weights[place], share = points(shares[role]);
        product.textContent = weight ? `${share} × ${weight} = ${points(shares[role] * weight)}` : share;
      }));
      sumCells.forEach((cell, role) => { cell.textContent = result.total ? points(result.sums[role]) : "—"; });
      form.querySelector(".out").replaceChildren(...write(weights, result));
    }

    // The weights stay in the address and in those of other comparisons, and other forms of the page send them.
    function keep(address) {
      const kept = new URL(address);
      for (const { select } of rows) {
        kept.searchParams.delete(select.name);
        if (select.value !== "0") kept.searchParams.append(select.name, select.value);
      }
      return kept.pathname + kept.search + kept.hash;
    }
    function keepEverywhere() {
      history.replaceState(null, "", keep(location));
      for (const link of document.querySelectorAll('a[href^="/compare/"]')) {
        if (link.pathname.endsWith("/")) link.setAttribute("href", keep(link));
      }
      for (const other of document.querySelectorAll("main form:not(#weigh)")) {
        for (const { select: { name, value } } of rows) {
          const input = other.elements.namedItem(name) ?? other.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
          input.value = value;
          input.disabled = value === "0"; // is not sent
        }
      }
    }

    const follow = () => { update(); keepEverywhere(); };
    form.addEventListener("change", follow);
    if (rows.some(({ select }) => !select.selectedOptions[0].defaultSelected && select.value !== "0")) follow(); // chosen before this ran
    form.addEventListener("submit", (event) => event.preventDefault());
    form.querySelector("tfoot button").hidden = true;
  }

  // -- Where would I stand: the reader's own pay goes nowhere ----------------------------------------------------

  const stand = document.getElementById("stand");
  if (stand) {
    const { roles, patterns } = JSON.parse(stand.dataset.pay);
    const input = stand.querySelector("input"), out = stand.querySelector(".out");

    // How many percent earn less, by straight lines between the steps, and the name of that clause.
    function place(pay, { steps, low, high }) {
      if (!steps) return { clause: pay < low ? "below" : pay > high ? "above" : "inside" };
      const above = steps.findIndex(([, step]) => pay < step);
      if (above === 0) return { clause: "lowest" };
      const [percent, step] = steps.at(above < 0 ? -1 : above - 1);
      if (above < 0) return { clause: pay > step ? "highest" : "more", percent };
      const [nextPercent, nextStep] = steps[above];
      return { clause: "more", percent: Math.round(percent + (nextPercent - percent) * (pay - step) / (nextStep - step)) };
    }

    function describe(pay) {
      let before = "";
      const clauses = roles.map((role) => {
        const { clause, percent } = place(pay, role);
        const part = role.parts?.[clause === "lowest" ? 0 : 1];
        const says = clause + (clause === "more" ? "" : part);
        const again = says === before && { more: "again", lowest: "also", highest: "also" }[clause];
        before = says;
        return fill(patterns[again || clause], { percent, part, span: role.span, who: inColour(role.letter, role.who) });
      });
      const cents = Number.isInteger(pay) ? 0 : 2;
      const amount = `$${pay.toLocaleString("en-US", { minimumFractionDigits: cents, maximumFractionDigits: cents })}`;
      return fill(patterns.whole, { pay: amount, clauses: list(clauses) });
    }

    input.addEventListener("input", () => {
      const pay = input.valueAsNumber;
      out.replaceChildren(...(pay >= 0 ? describe(pay) : []));
    });
    stand.hidden = false;
  }
})();

// -- Where: the strip follows the state and the prices ------------------------------------------------------------
// The folded table of all states is what it is drawn from. A page that was opened for one state has the figures of that
// state everywhere, so there another choice asks for another page.
(() => {
  "use strict";

  const form = document.getElementById("place"), strip = document.getElementById("strip");
  if (!form || !strip) return;
  const { where, prices } = form.elements;
  const served = where.querySelector("[selected]")?.value ?? "";
  form.querySelector("button").hidden = true;
  if (served) return ready(() => form.requestSubmit());

  // This file can come after the reader has chosen.
  function ready(act) {
    form.addEventListener("change", act);
    if (where.value !== served || prices?.checked !== prices?.defaultChecked) act();
  }

  const table = document.getElementById("states");
  const letters = [...table.querySelectorAll("thead .m")].map((head) => head.classList[1]);
  const amount = (text) => (/^\$[\d,.]+$/.test(text) ? Number(text.replace(/[$,]/g, "")) : null);
  const [country, states, territories] = [...table.tBodies].map((body) => [...body.rows].map(({ cells: [name, ...cells] }) => {
    const texts = cells.map((cell) => cell.textContent);
    return { name: name.textContent, texts, pay: texts.slice(0, letters.length).map(amount), level: Number(texts[letters.length]) };
  }));
  const lines = [...strip.querySelectorAll("tbody tr")];
  const drawn = letters.map((letter) => lines.find((line) => line.classList.contains(letter)));
  const low = Number(strip.dataset.low), high = Number(strip.dataset.high);
  const hasCents = strip.querySelector(".q small").textContent.includes("an hour");
  const status = Object.assign(document.createElement("p"), { className: "vh", role: "status" });
  strip.after(status);

  const dollars = (value) => "$" + value.toLocaleString("en-US", { minimumFractionDigits: hasCents ? 2 : 0 });
  const rounded = (value) => (hasCents ? Math.round(value * 100) / 100 : Math.round(value));
  // Pay in a state; at the prices of the whole country where that is asked for and its price level is known.
  function payIn({ pay, level }, role, adjusted) {
    return pay[role] === null || !adjusted ? pay[role] : level ? rounded((pay[role] * 100) / level) : null;
  }
  const across = (value, digits) => `${(5 + (90 * (value - low)) / (high - low)).toPrecision(digits)}%`;

  function mark(href, value, y) {
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    for (const [name, text] of Object.entries({ href: `#${href}`, x: across(value, href === "t" ? 3 : 4), y })) use.setAttribute(name, text);
    if (href !== "t") use.setAttribute("class", href);
    return use;
  }

  function drawLine(role, value, adjusted, isNamed) {
    const svg = drawn[role].querySelector(".lane");
    for (const old of svg.querySelectorAll("use")) old.remove();
    const pay = states.map((state) => payIn(state, role, adjusted)).filter((each) => each !== null);
    svg.append(...pay.map((each) => mark("t", each, 30)), ...(value === null ? [] : [mark(letters[role], value, 30)]));
    for (const text of svg.querySelectorAll("text")) text.setAttribute("visibility", isNamed ? "visible" : "hidden");
  }

  function writeLine(role, value, text, isHighest) {
    const cell = drawn[role].querySelector(".n, .x");
    const reason = text === "too high" ? "higher than the source tells" : "not published";
    (cell.querySelector("button") ?? cell).textContent = value === null ? reason : dollars(value);
    cell.classList.toggle("hi", isHighest);
  }

  // Who earns more there, and by how much; nothing unless every role has a figure.
  function follow(values, roles) {
    if (values.includes(null) || values.length < Math.max(lines.length, 2)) return [];
    const best = Math.max(...values), gap = dollars(rounded(best - Math.min(...values)));
    if (best === Math.min(...values)) return ["The same"];
    const names = roles.filter((role) => values[role] === best).flatMap((role, place) => [
      ...(place ? [" and "] : []),
      Object.assign(document.createElement("b"), { className: `${letters[role]} m`, textContent: drawn[role].querySelector(".nm").textContent }),
    ]);
    if (values.length === 2) return [...names, ` +${gap}`];
    return [...names, " highest", Object.assign(document.createElement("small"), { textContent: `${gap} above the lowest` })];
  }

  function label(chosen, adjusted) {
    if (!prices?.checked) return chosen.name;
    if (chosen === country[0]) return `${chosen.name}; states in local prices`;
    return `${chosen.name}, ${adjusted ? "in local prices" : "no price level known"}`;
  }

  function show() {
    const name = where.value ? where.selectedOptions[0].textContent : country[0].name;
    const chosen = [...country, ...states, ...(territories ?? [])].find((each) => each.name === name);
    const adjusted = Boolean(prices?.checked && chosen.level);
    const roles = letters.map((_, role) => role);
    const values = roles.map((role) => payIn(chosen, role, adjusted));
    if (values.some((value) => value !== null && (value < low || value > high))) return form.requestSubmit(); // needs another axis
    roles.filter((role) => drawn[role].querySelector(".lane")).forEach((role) => {
      drawLine(role, values[role], adjusted, !where.value && !adjusted);
      const isHighest = !values.includes(null) && values.filter((value) => value >= values[role]).length === 1;
      writeLine(role, values[role], chosen.texts[role], isHighest && values.length > 1);
    });
    const heading = strip.querySelector(".q");
    heading.firstChild.data = label(chosen, adjusted);
    strip.querySelector(".f").replaceChildren(...follow(values, roles));
    const told = lines.map((line) => `${line.querySelector(".nm").textContent} ${line.querySelector(".n, .x").textContent}`);
    status.textContent = `${heading.firstChild.data}: ${told.join(", ")}`;
    keep();
  }

  // The choice stays in the address, and the interactive drawing asks for the same.
  function keep() {
    const address = new URL(location);
    const chosen = new URLSearchParams();
    for (const [name, value] of [["where", where.value], ["prices", prices?.checked ? "1" : ""]]) {
      address.searchParams.delete(name);
      if (value) for (const parameters of [address.searchParams, chosen]) parameters.append(name, value);
    }
    history.replaceState(null, "", address);
    strip.dataset.figure = `${strip.dataset.figure.split("?")[0]}${chosen.size ? `?${chosen}` : ""}`;
    strip.dispatchEvent(new Event("redraw"));
  }

  ready(show);
})();

// -- Drawings that name their marks ---------------------------------------------------------------------------------
// Plotly is loaded for those who point at a drawing, tap it or move to it by keyboard, and draws over it.
(() => {
  "use strict";

  const files = document.currentScript.dataset;
  let loading;
  function loadCharts() {
    loading ??= rolewise.append("script", { src: files.charts }).catch((error) => {
      loading = undefined; // the next call tries again
      throw error;
    });
    return loading;
  }

  for (const element of document.querySelectorAll("[data-figure]")) {
    let started;
    const start = () => {
      started ??= loadCharts().then(() => rolewise.drawOver(element, files)).catch(() => {
        started = undefined;
      });
    };
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", "Chart: the left and right arrow keys name its marks");
    for (const lane of element.querySelectorAll(".lane")) {
      lane.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && start());
      lane.addEventListener("click", start);
    }
    element.addEventListener("focus", start);
  }
})();
