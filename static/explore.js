// Roles as points, drawn by Plotly over the drawing that the server sent, which keeps its axes: the same points, each with a name for who
// points at it, taps it, or walks through them with the arrow keys. Choosing two puts them into the tray. Whatever
// goes wrong, the drawing and the table beneath stay.
(() => {
  "use strict";

  const { plotly, plotlyStyle } = document.currentScript.dataset;
  const plot = document.querySelector("[data-points]");
  if (!plot) return;
  const drawing = plot.querySelector("svg");
  const readout = document.querySelector(".readout");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  function append(tag, attributes) {
    const element = Object.assign(document.createElement(tag), attributes);
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => reject(new Error(`${tag} could not be loaded`));
      document.head.append(element);
    });
  }

  // Under a strict policy Plotly needs its style sheet under this name before it runs.
  async function loadPlotly() {
    await append("link", { rel: "stylesheet", href: plotlyStyle, id: "plotly.js-style-global", className: "no-inline-styles" });
    await append("script", { src: plotly });
  }

  let figure;
  let canvas;
  let walked = []; // the points to walk through: those that were asked for, else all
  let at; // the point that is named just now
  let chosen = [];

  function pointsOf(trace, curveNumber) {
    return trace.customdata.map(([slug, title, says], pointNumber) => ({
      slug, title, says, curveNumber, pointNumber,
      x: trace.x[pointNumber],
      y: trace.y[pointNumber],
    }));
  }

  function colour() {
    const paint = (selector, fallback) => {
      const found = drawing.querySelector(selector);
      return found ? getComputedStyle(found).color : fallback;
    };
    const paper = getComputedStyle(document.body).backgroundColor;
    const ink = getComputedStyle(document.body).color;
    const slugs = new Set(chosen.map(({ slug }) => slug));
    for (const trace of figure.data) {
      const own = trace.customdata.map(([slug]) => slugs.has(slug));
      trace.marker.color = paint(`.points.${trace.meta}`, trace.marker.color);
      trace.marker.opacity = trace.meta === "soft" ? 0.55 : 0.85;
      trace.marker.line = { color: own.map((yes) => (yes ? ink : paper)), width: own.map((yes) => (yes ? 3 : 1)) };
    }
    const { layout } = figure;
    layout.font.family = getComputedStyle(drawing).fontFamily;
    layout.hoverlabel = { bgcolor: ink, bordercolor: ink, font: { family: layout.font.family, color: paper } };
  }

  function redraw() {
    colour();
    return window.Plotly.react(canvas, figure.data, figure.layout, {
      displayModeBar: false, responsive: true, doubleClick: false, typesetMath: false,
    });
  }

  // The line below the points says which one is named and lets it be chosen: by touch, pointer and keyboard alike.
  function name(point) {
    at = point;
    const words = Object.assign(document.createElement("span"), { textContent: point.says });
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
      if (at) choose(at);
      return;
    }
    const along = { ArrowRight: ["x", 1], ArrowLeft: ["x", -1], ArrowUp: ["y", 1], ArrowDown: ["y", -1], Home: ["x", 0], End: ["x", 0] }[event.key];
    if (!along || !walked.length) return;
    event.preventDefault();
    const [axis, step] = along;
    const other = axis === "x" ? "y" : "x";
    const ordered = walked.toSorted((a, b) => a[axis] - b[axis] || a[other] - b[other] || a.title.localeCompare(b.title));
    const place = ordered.findIndex((point) => point === at);
    const next = event.key === "Home" ? 0 : event.key === "End" ? ordered.length - 1
      : place < 0 ? (step > 0 ? 0 : ordered.length - 1) : Math.min(Math.max(place + step, 0), ordered.length - 1);
    const point = ordered[next];
    window.Plotly.Fx.hover(canvas, [{ curveNumber: point.curveNumber, pointNumber: point.pointNumber }]);
    name(point);
    spoken.textContent = `${point.says}. ${next + 1} of ${ordered.length} by ${axis === "x" ? "jobs" : "pay"}.`;
  }

  const spoken = Object.assign(document.createElement("p"), { className: "visually-hidden" });
  spoken.setAttribute("role", "status");

  async function start() {
    const [answer] = await Promise.all([fetch(plot.dataset.points), loadPlotly()]);
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    figure = await answer.json();
    canvas = Object.assign(document.createElement("div"), { className: "canvas" });
    canvas.setAttribute("aria-hidden", "true"); // the drawing beneath keeps its name
    plot.append(canvas);
    await redraw();
    const traces = figure.data.map(pointsOf);
    walked = traces.at(-1) ?? [];
    const find = ({ points: [{ curveNumber, pointNumber }] }) => traces[curveNumber][pointNumber];
    canvas.on("plotly_hover", (event) => name(find(event)));
    canvas.on("plotly_click", (event) => {
      const point = find(event);
      // A finger cannot hover: its first tap names the point, the line below offers to choose it.
      if (matchMedia("(hover: none)").matches) name(point);
      else choose(point);
    });
    plot.tabIndex = 0;
    plot.setAttribute("role", "application");
    plot.setAttribute("aria-roledescription", "chart");
    plot.setAttribute("aria-label", "Roles as points. The left and right arrow keys walk through them by jobs, up and down by pay; Enter chooses one to compare.");
    plot.append(spoken);
    plot.addEventListener("keydown", walk);
    plot.closest("figure").classList.add("is-live");
    dark.addEventListener("change", redraw);
  }

  document.addEventListener("tray:changed", ({ detail }) => {
    chosen = detail;
    if (canvas) redraw();
    if (at) name(at);
  });
  start().catch(() => {
    canvas?.remove();
    plot.removeAttribute("tabindex");
    plot.closest("figure").classList.remove("is-live");
  });
})();
