// Every chart stands on the page as a drawing from the server. When a reader points at one, taps it, moves to it by
// keyboard or asks for the interactive view, Plotly draws over it: the same marks at the same places, with a label for
// each. Whatever goes wrong, the drawing stays.
(() => {
  "use strict";

  const { plotly, plotlyStyle } = document.currentScript.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const live = new Set();
  let bundle;

  function append(tag, attributes) {
    const element = Object.assign(document.createElement(tag), attributes);
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => {
        element.remove();
        reject(new Error(`${tag} could not be loaded`));
      };
      document.head.append(element);
    });
  }

  // Plotly takes a style sheet of this name and class for its own, and writes no <style>, which would be refused.
  // It must stand there before Plotly runs.
  async function loadPlotly() {
    const id = "plotly.js-style-global";
    await append("link", { rel: "stylesheet", href: plotlyStyle, id, className: "no-inline-styles" });
    await append("script", { src: plotly });
    return window.Plotly;
  }

  async function fetchFigure(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  // The drawing has the reader's colours, light or dark; each mark is named for the part it plays in it.
  function colour(figure, drawing) {
    const { data, layout } = figure;
    const paint = (part, given) => {
      const group = drawing.querySelector(`.${part}`);
      return group ? getComputedStyle(group).color : given;
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
      this.place = -1;
      this.plot.tabIndex = 0;
      this.plot.setAttribute("role", "group");
      this.plot.setAttribute("aria-label", "Chart: the left and right arrow keys name its marks");
      this.button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "interactive",
        textContent: "Interactive view",
        tabIndex: -1, // by keyboard the chart itself is the way in
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
      bundle ??= loadPlotly().catch((error) => {
        bundle = undefined;
        throw error;
      });
      [this.figure] = await Promise.all([fetchFigure(this.element.dataset.figure), bundle]);
      this.canvas = document.createElement("div");
      this.canvas.className = "canvas";
      this.canvas.setAttribute("aria-hidden", "true"); // the drawing beneath keeps its name and description
      this.plot.append(this.canvas);
      await this.redraw();
      this.says = document.createElement("p");
      this.says.className = "visually-hidden";
      this.says.setAttribute("aria-live", "polite");
      this.plot.append(this.says);
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

    // From top to bottom, and from left to right.
    get marks() {
      const { data } = this.figure;
      const all = data.flatMap((trace, curveNumber) => trace.y.map((y, pointNumber) => ({ y, curveNumber, pointNumber })));
      const across = ({ curveNumber, pointNumber: at }) => (data[curveNumber].base ?? data[curveNumber].x)[at];
      return all.sort((one, other) => one.y - other.y || across(one) - across(other));
    }

    walk(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || !this.element.classList.contains("is-live")) return;
      event.preventDefault();
      const { marks } = this;
      if (!marks.length) return;
      this.place = (this.place + step + marks.length) % marks.length;
      const { curveNumber, pointNumber } = marks[this.place];
      window.Plotly.Fx.hover(this.canvas, [{ curveNumber, pointNumber }]);
      const words = this.figure.data[curveNumber].hovertext[pointNumber].replaceAll("<br>", ", ");
      this.says.textContent = new DOMParser().parseFromString(words, "text/html").body.textContent;
    }
  }

  for (const element of document.querySelectorAll("[data-figure]")) new Chart(element);
  dark.addEventListener("change", () => live.forEach((chart) => chart.redraw()));
})();
