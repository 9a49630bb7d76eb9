// Every chart is on the page as a drawing made by the server. When a reader points at one, taps it, focuses it or asks
// for the interactive view, Plotly draws over it: the same marks at the same places, with a label for each. If anything
// fails, the drawing stays.
(() => {
  "use strict";

  const files = document.currentScript.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const live = new Set();

  async function fetchFigure(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }

  // The drawing has the reader's colours, light or dark; the name of each mark is its class in the drawing.
  function colour(figure, drawing) {
    const { data, layout } = figure;
    const paint = (name, fallback) => {
      const group = drawing.querySelector(`.${name}`);
      return group ? getComputedStyle(group).color : fallback;
    };
    for (const trace of data) trace.marker.color = paint(trace.meta, trace.marker.color);
    for (const text of layout.annotations ?? []) text.font.color = paint(text.name, text.font.color);
    for (const shape of layout.shapes ?? []) shape.line.color = paint(shape.name, shape.line.color);
    layout.xaxis.gridcolor = paint("grid", layout.xaxis.gridcolor);
    layout.xaxis.tickfont.color = paint("soft", layout.xaxis.tickfont.color);
    layout.font.family = getComputedStyle(drawing).fontFamily;
    layout.hoverlabel = { font: { family: layout.font.family, color: dark.matches ? "#000" : "#fff" } };
  }

  class Chart {
    constructor(element) {
      this.element = element;
      this.plot = element.querySelector(".plot");
      this.drawing = this.plot.querySelector("svg");
      this.active = -1; // index of the mark that was named last
      this.plot.tabIndex = 0;
      this.plot.setAttribute("role", "group");
      this.plot.setAttribute("aria-label", "Chart: the left and right arrow keys name its marks");
      this.button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "interactive",
        textContent: "Interactive view",
        tabIndex: -1, // keyboard users focus the chart itself
      });
      this.plot.after(this.button);
      this.button.addEventListener("click", () => this.plot.focus());
      this.plot.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && this.start());
      this.plot.addEventListener("click", () => this.start());
      this.plot.addEventListener("focus", () => this.start());
      this.plot.addEventListener("keydown", (event) => this.walk(event));
    }

    start() {
      this.started ??= this.draw().catch(() => {
        this.canvas?.remove();
        this.element.classList.remove("is-live");
        this.started = undefined;
      });
    }

    async draw() {
      [this.figure] = await Promise.all([fetchFigure(this.element.dataset.figure), rolewise.loadPlotly(files)]);
      this.canvas = document.createElement("div");
      this.canvas.className = "canvas";
      this.canvas.setAttribute("aria-hidden", "true"); // the drawing keeps its name and description
      this.plot.append(this.canvas);
      await this.redraw();
      this.status = document.createElement("p");
      this.status.className = "visually-hidden";
      this.status.setAttribute("aria-live", "polite");
      this.plot.append(this.status);
      this.element.classList.add("is-live");
      this.button.hidden = true;
      live.add(this);
    }

    redraw() {
      colour(this.figure, this.drawing);
      const { data, layout } = this.figure;
      const settings = { displayModeBar: false, responsive: true, doubleClick: false, typesetMath: false };
      return window.Plotly.react(this.canvas, data, layout, settings);
    }

    // From top to bottom, then from left to right.
    get marks() {
      const { data } = this.figure;
      const all = data.flatMap((trace, curveNumber) => trace.y.map((y, pointNumber) => ({ y, curveNumber, pointNumber })));
      const left = ({ curveNumber, pointNumber }) => (data[curveNumber].base ?? data[curveNumber].x)[pointNumber];
      return all.sort((a, b) => a.y - b.y || left(a) - left(b));
    }

    walk(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || !this.element.classList.contains("is-live")) return;
      event.preventDefault();
      const { marks } = this;
      if (!marks.length) return;
      this.active = (this.active + step + marks.length) % marks.length;
      const { curveNumber, pointNumber } = marks[this.active];
      window.Plotly.Fx.hover(this.canvas, [{ curveNumber, pointNumber }]);
      const words = this.figure.data[curveNumber].hovertext[pointNumber].replaceAll("<br>", ", ");
      this.status.textContent = new DOMParser().parseFromString(words, "text/html").body.textContent;
    }
  }

  for (const element of document.querySelectorAll("[data-figure]")) new Chart(element);
  dark.addEventListener("change", () => live.forEach((chart) => chart.redraw()));
})();
