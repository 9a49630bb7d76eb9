// Roles as points. At the first touch Plotly draws them over the server's drawing, which keeps its axes, and names each
// point for readers who hover over it, tap it or move with the arrow keys. Choosing a point puts its role into the tray.
// If anything fails, the drawing and the table below it stay.
(() => {
  "use strict";

  const files = document.currentScript.dataset;
  const plot = document.querySelector("[data-points]");
  if (!plot) return;
  const drawing = plot.querySelector("svg");
  const readout = document.querySelector(".readout");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  let figure;
  let canvas;
  let reachable = []; // the points that the arrow keys reach: those of the chosen group, or all
  let active; // the point that is named in the readout
  let chosen = []; // the roles in the tray

  function pointsOf(trace, curveNumber) {
    return trace.customdata.map(([slug, title, description], pointNumber) => ({
      slug, title, description, curveNumber, pointNumber,
      x: trace.x[pointNumber],
      y: trace.y[pointNumber],
    }));
  }

  function color() {
    const paint = (selector, fallback) => {
      const group = drawing.querySelector(selector);
      return group ? getComputedStyle(group).color : fallback;
    };
    const paper = getComputedStyle(document.body).backgroundColor;
    const ink = getComputedStyle(document.body).color;
    const slugs = new Set(chosen.map(({ slug }) => slug));
    for (const trace of figure.data) {
      const isChosen = trace.customdata.map(([slug]) => slugs.has(slug));
      trace.marker.color = paint(`.points.${trace.meta}`, trace.marker.color);
      trace.marker.opacity = trace.meta === "a" ? 0.85 : 0.55;
      trace.marker.size = 2 * parseFloat(getComputedStyle(drawing.querySelector(`.points.${trace.meta} circle`)).r); // less on phones
      trace.marker.line = { color: isChosen.map((yes) => (yes ? ink : paper)), width: isChosen.map((yes) => (yes ? 3 : 0.5)) };
    }
    const { layout } = figure;
    layout.font.family = getComputedStyle(drawing).fontFamily;
    layout.hoverlabel = { bgcolor: ink, bordercolor: ink, font: { family: layout.font.family, color: paper } };
  }

  function redraw() {
    color();
    return window.Plotly.react(canvas, figure.data, figure.layout, {
      displayModeBar: false, responsive: true, doubleClick: false, typesetMath: false,
    });
  }

  // The line below the points names one and lets a reader choose it, by touch, pointer or keyboard.
  function name(point) {
    active = point;
    const words = Object.assign(document.createElement("span"), { textContent: point.description });
    const link = Object.assign(document.createElement("a"), { href: `/roles/${point.slug}/`, textContent: "All about it" });
    link.setAttribute("aria-label", `All about ${point.title}`);
    const taken = chosen.some(({ slug }) => slug === point.slug);
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: taken ? "Take it out" : "Choose it to compare" });
    button.addEventListener("click", () => choose(point));
    readout.replaceChildren(words, button, link);
    readout.hidden = false;
  }

  function choose({ slug, title }) {
    document.dispatchEvent(new CustomEvent("tray:toggle", { detail: { slug, title } }));
  }

  function walk(event) {
    if (event.target !== plot || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (active) choose(active);
      return;
    }
    const move = { ArrowRight: ["x", 1], ArrowLeft: ["x", -1], ArrowUp: ["y", 1], ArrowDown: ["y", -1], Home: ["x", 0], End: ["x", 0] }[event.key];
    if (!move || !reachable.length) return;
    event.preventDefault();
    const [axis, step] = move;
    const crossAxis = axis === "x" ? "y" : "x";
    const ordered = reachable.toSorted(
      (a, b) => a[axis] - b[axis] || a[crossAxis] - b[crossAxis] || a.title.localeCompare(b.title),
    );
    const last = ordered.length - 1;
    const current = ordered.indexOf(active);
    let next = Math.min(Math.max(current + step, 0), last);
    if (event.key === "Home") next = 0;
    else if (event.key === "End" || (current < 0 && step < 0)) next = last;
    const point = ordered[next];
    window.Plotly.Fx.hover(canvas, [{ curveNumber: point.curveNumber, pointNumber: point.pointNumber }]);
    name(point);
    status.textContent = `${point.description}. ${next + 1} of ${ordered.length} by ${axis === "x" ? "jobs" : "pay"}.`;
  }

  const status = Object.assign(document.createElement("p"), { className: "vh" });
  status.setAttribute("role", "status");

  async function loadPlotly() {
    if (!rolewise.loadPlotly) await rolewise.append("script", files.charts);
    await rolewise.loadPlotly(files);
  }

  async function draw() {
    const [response] = await Promise.all([fetch(plot.dataset.points), loadPlotly()]);
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    figure = await response.json();
    canvas = Object.assign(document.createElement("div"), { className: "canvas" });
    canvas.setAttribute("aria-hidden", "true"); // the drawing keeps its name
    plot.append(canvas);
    await redraw();
    // The names stand over the points, as in the drawing, and under Plotly's label.
    const names = drawing.cloneNode();
    names.append(...drawing.querySelectorAll(".names"));
    canvas.querySelector(".main-svg").after(names);
    const traces = figure.data.map(pointsOf);
    reachable = traces.at(-1) ?? [];
    const find = ({ points: [{ curveNumber, pointNumber }] }) => traces[curveNumber][pointNumber];
    canvas.on("plotly_hover", (event) => name(find(event)));
    canvas.on("plotly_click", (event) => {
      const point = find(event);
      // A finger cannot hover: a tap names the point, and the line below offers to choose it.
      if (matchMedia("(hover: none)").matches) name(point);
      else choose(point);
    });
    plot.closest("figure").classList.add("is-live");
    dark.addEventListener("change", redraw);
    return traces;
  }

  // Loaded once, when somebody points at the drawing, taps it or moves the focus there.
  let started;
  function start() {
    started ??= draw().catch(() => {
      canvas?.remove();
      plot.closest("figure").classList.remove("is-live");
      return [];
    });
    return started;
  }

  // The tap that loads Plotly counts as well: it names the point that is nearest to it.
  async function tap({ clientX, clientY }) {
    const circles = [...drawing.querySelectorAll("circle")];
    const traces = (await start()).flat();
    let nearest;
    let least = Infinity;
    circles.forEach((circle, index) => {
      const { x, y, width } = circle.getBoundingClientRect();
      const distance = Math.hypot(x + width / 2 - clientX, y + width / 2 - clientY);
      if (distance < least) [nearest, least] = [index, distance];
    });
    if (traces[nearest]) name(traces[nearest]);
  }

  plot.tabIndex = 0;
  plot.setAttribute("role", "application");
  plot.setAttribute("aria-roledescription", "chart");
  plot.setAttribute("aria-label", "Roles as points. The left and right arrow keys walk through them by jobs, up and down by pay; Enter chooses one to compare.");
  plot.append(status);
  plot.addEventListener("keydown", (event) => start().then(() => walk(event)));
  plot.addEventListener("keydown", (event) => {
    if (/^(Arrow|Home$|End$|Enter$| $)/.test(event.key) && event.target === plot) event.preventDefault();
  });
  plot.addEventListener("focus", start);
  plot.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && start());
  plot.addEventListener("click", (event) => tap(event), { once: true });

  document.addEventListener("tray:changed", ({ detail }) => {
    chosen = detail;
    if (canvas) redraw();
    if (active) name(active);
  });
})();
