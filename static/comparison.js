// What a script adds to the page of a comparison, which is whole without it: sums that follow the weights, where the
// reader's own pay would stand, and another state without leaving the page. Sentences are patterns with names in braces.
(() => {
  "use strict";

  // The server fills in the same: see weight_words.py. A test holds the two equal.
  const OF_WEIGHTS = {
    "leads": "By your weights, {who}: {points} of {all}",
    "tied": "By your weights it is a toss-up between {who}: {points} of {all}",
    "against": ", against {others}",
    "each": "{points} for {who}",
    "turn": "With {what} at {weight} it would be {who}",
    "turns": "; with {what} at {weight} it would be {who}",
    "exactly": "{weight}",
    "more": "{weight} or more",
    "less": "{weight} or less",
    "tie": "a toss-up",
    "firm": "No single weight changes it"
  };
  // A clause for a role: between two steps of pay, and so again after another role; below the lowest step, above the
  // highest, and after a role of which the same was said; beside a range of pay, and so again.
  const OF_OWN_PAY = {
    whole: "With {pay} you would {clauses}.",
    more: "earn more than about {percent}% of {who}",
    again: "{percent}% of {who}",
    lowest: "be in the lowest-paid {part} of {who}",
    highest: "be in the highest-paid {part} of {who}",
    also: "of {who}",
    below: "earn less than the range published for {who} ({span})",
    inside: "be inside the range published for {who} ({span})",
    above: "earn more than the range published for {who} ({span})",
    range: "the one published for {who} ({span})",
  };

  // A pattern with words for the names in braces: a list of texts and elements.
  const fill = (pattern, words) => pattern.split(/\{(\w+)\}/).flatMap((text, place) => (place % 2 ? words[text] : text));

  // Items with commas, and with "and" before the last.
  const list = (items) => items.flatMap((item, place) => (place ? [place < items.length - 1 ? ", " : " and ", item] : [item]).flat());

  function inColor(letter, text) {
    return Object.assign(document.createElement("b"), { className: `${letter} m`, textContent: text });
  }

  // -- What matters: weights times shares of the best figure, in hundredths so that sums are exact --------------

  function followWeights() {
    const form = document.getElementById("weigh");
    if (!form) return;
    const tossUp = Number(form.dataset.tossUp); // percent of the weights
    const names = [...form.querySelectorAll("thead .m")].map((head) => head.textContent);
    const roles = names.map((_, role) => role);
    const sumCells = [...form.querySelectorAll("tfoot .n")];
    const rows = [...form.querySelectorAll("tbody tr")].map((row) => {
      const products = [...row.querySelectorAll(".n span")]; // each begins with the share of its role
      return {
        select: row.querySelector("select"),
        label: row.querySelector("th").firstChild.data.toLowerCase(),
        shares: products.map(({ textContent }) => Math.round(100 * parseFloat(textContent))),
        products,
      };
    });
    const points = (hundredths) => (hundredths / 100).toFixed(2);
    const named = (role) => inColor("abcd"[role], names[role]);

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
      const scores = others.map((role) => fill(OF_WEIGHTS.each, { points: points(sums[role]), who: named(role) }));
      const turns = findTurns(weights, leaders).flatMap(({ label, weight, bound, leader }, place) =>
        fill(OF_WEIGHTS[place ? "turns" : "turn"], {
          what: label,
          weight: fill(OF_WEIGHTS[bound], { weight }),
          who: leader === null ? OF_WEIGHTS.tie : named(leader),
        }));
      return [
        ...fill(leaders.length === 1 ? OF_WEIGHTS.leads : OF_WEIGHTS.tied, words),
        ...(others.length ? fill(OF_WEIGHTS.against, { others: list(scores) }) : []),
        ". ", ...(turns.length ? turns : [OF_WEIGHTS.firm]), ".",
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

  // So many percent of the people of a role, in words.
  const PARTS = { 10: "tenth", 25: "quarter", 50: "half", 75: "three quarters", 90: "nine tenths" };

  let ownPay = "";
  function placeOwnPay() {
    const stand = document.getElementById("stand");
    if (!stand) return;
    const roles = JSON.parse(stand.dataset.pay);
    const input = stand.querySelector("input"), out = stand.querySelector(".out");
    Object.assign(input, { min: 0, step: "any", inputMode: "decimal", autocomplete: "off" });

    // The name of a clause, with how many percent earn less by straight lines between the steps, or with the part of the
    // people who earn less than the lowest or more than the highest step.
    function place(pay, { steps, low, high }) {
      if (!steps) return { clause: pay < low ? "below" : pay > high ? "above" : "inside" };
      const above = steps.findIndex(([, step]) => pay < step);
      if (above === 0) return { clause: "lowest", part: PARTS[steps[0][0]] };
      const [percent, step] = steps.at(above < 0 ? -1 : above - 1);
      if (above < 0) return pay > step ? { clause: "highest", part: PARTS[100 - percent] } : { clause: "more", percent };
      const [nextPercent, nextStep] = steps[above];
      return { clause: "more", percent: Math.round(percent + (nextPercent - percent) * (pay - step) / (nextStep - step)) };
    }

    function describe(pay) {
      let before = "";
      const clauses = roles.map((role) => {
        const { clause, percent, part } = place(pay, role);
        const says = clause + (clause === "more" ? "" : part);
        const again = says === before && { more: "again", lowest: "also", highest: "also", below: "range", inside: "range", above: "range" }[clause];
        before = says;
        return fill(OF_OWN_PAY[again || clause], { percent, part, span: role.span, who: inColor(role.letter, role.who) });
      });
      const cents = Number.isInteger(pay) ? 0 : 2;
      const amount = `$${pay.toLocaleString("en-US", { minimumFractionDigits: cents, maximumFractionDigits: cents })}`;
      return fill(OF_OWN_PAY.whole, { pay: amount, clauses: list(clauses) });
    }

    function write() {
      ownPay = input.value;
      const pay = input.valueAsNumber;
      out.replaceChildren(...(pay >= 0 ? describe(pay) : []));
    }
    input.addEventListener("input", write);
    if (ownPay) {
      input.value = ownPay; // typed on the page of another state
      write();
    }
    stand.hidden = false;
  }

  // -- Where: the page of the chosen state takes the place of this one --------------------------------------------
  // All its parts tell of one state, so all of them change, but the form that the reader is in stays with its focus.

  function followPlace() {
    const form = document.getElementById("place");
    if (!form) return;
    const { where, prices } = form.elements;
    const served = where.querySelector("[selected]")?.value ?? "";
    const status = Object.assign(document.createElement("p"), { className: "vh" });
    status.setAttribute("role", "status");
    form.append(status);
    form.querySelector("button").hidden = true;

    let request;
    async function follow() {
      request?.abort();
      request = new AbortController();
      const address = new URL(location);
      for (const [name, value] of [["where", where.value], ["prices", prices?.checked ? "1" : ""]]) {
        address.searchParams.delete(name);
        if (value) address.searchParams.append(name, value);
      }
      try {
        const response = await fetch(address, { signal: request.signal });
        if (!response.ok) throw new Error(`${address}: ${response.status}`);
        showPage(form, new DOMParser().parseFromString(await response.text(), "text/html"));
      } catch (error) {
        if (error.name !== "AbortError") form.requestSubmit(); // the browser asks, as without script
        return;
      }
      history.replaceState(null, "", address);
      const strip = document.getElementById("strip");
      const figures = [...strip.querySelectorAll("tbody tr")].map((line) => `${line.querySelector(".nm").textContent} ${line.querySelector(".n, .x").textContent}`);
      status.textContent = `${strip.querySelector(".q").firstChild.data.trim()}: ${figures.join(", ")}`;
    }

    form.addEventListener("change", follow);
    if (where.value !== served || prices?.checked !== prices?.defaultChecked) follow(); // chosen before this ran
  }

  // Shows another page in this one: scrolled as this one is, with what the reader unfolded, typed and has the focus on.
  function showPage(form, page) {
    const main = document.querySelector("main");
    const { top } = form.getBoundingClientRect();
    const focused = document.activeElement.id;
    const unfolded = [...main.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
    exchangeAround(form, page.getElementById("place"), main, page.querySelector("main"));
    for (const summary of main.querySelectorAll("summary")) {
      if (unfolded.includes(summary.textContent)) summary.parentElement.open = true;
    }
    rolewise.equip?.(main);
    followWeights();
    placeOwnPay();
    nameMarks();
    if (document.activeElement.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
    scrollBy({ top: form.getBoundingClientRect().top - top, behavior: "instant" });
  }

  // Puts all that `fresh` holds into `old`, except that `kept` stays instead of its counterpart.
  function exchangeAround(kept, counterpart, old, fresh) {
    if (old === kept) return;
    const branch = [...old.children].find((child) => child.contains(kept));
    const nodes = [...fresh.childNodes];
    const place = nodes.findIndex((node) => node.contains(counterpart));
    for (const child of [...old.childNodes]) if (child !== branch) child.remove();
    branch.before(...nodes.slice(0, place));
    branch.after(...nodes.slice(place + 1));
    exchangeAround(kept, counterpart, branch, nodes[place]);
  }

  // -- Drawings that name their marks -----------------------------------------------------------------------------
  // Plotly is loaded for those who point at a drawing, tap it or move to it by keyboard, and draws over it.

  const files = document.getElementById("later").dataset;
  let loading;
  function loadCharts() {
    loading ??= rolewise.append("script", files.charts).catch((error) => {
      loading = undefined; // the next call tries again
      throw error;
    });
    return loading;
  }

  function nameMarks() {
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
  }

  followWeights();
  placeOwnPay();
  followPlace();
  nameMarks();
})();
