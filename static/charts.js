// Plotly's marks over the drawings of a comparison, for readers who point at one, tap it or move to it by keyboard: the
// same marks at the same places, with a label for each. comparison.js loads this file for the first of them, and explore.js
// because nothing else knows how to load Plotly. If anything fails, the drawing stays as it is.
(() => {
  "use strict";

  const { append } = rolewise;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const live = new Set();

  async function fetchLanes(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }

  // The marks have the reader's colors, light or dark.
  function color({ data, layout }, lane) {
    const paper = getComputedStyle(document.body).backgroundColor;
    for (const { meta, marker } of data) {
      marker.color = getComputedStyle(lane.querySelector(`.${meta}`) ?? lane).color;
      if (marker.line.color) marker.line.color = paper;
    }
    layout.font.family = getComputedStyle(document.body).fontFamily;
    layout.hoverlabel = { font: { family: layout.font.family, color: dark.matches ? "#000" : "#fff" } };
  }

  class LiveDrawing {
    constructor(element, files) {
      this.element = element;
      this.files = files;
      this.active = -1; // index of the mark that was named last
      this.status = Object.assign(document.createElement("p"), { className: "vh" });
      this.status.setAttribute("aria-live", "polite");
      element.addEventListener("keydown", (event) => this.walk(event));
    }

    async draw() {
      [this.specs] = await Promise.all([fetchLanes(this.element.dataset.figure), rolewise.loadPlotly(this.files)]);
      this.canvases ??= [...this.element.querySelectorAll(".lane:not(.ax)")].map((lane) => this.cover(lane));
      await this.paint();
      this.element.append(this.status);
      this.element.classList.add("live");
      live.add(this);
    }

    // A canvas exactly over a lane.
    cover(lane) {
      const box = Object.assign(document.createElement("div"), { className: "over" });
      const canvas = document.createElement("div");
      canvas.setAttribute("aria-hidden", "true"); // the row of the lane has its figures as text
      lane.replaceWith(box);
      box.append(lane, canvas);
      return { lane, canvas };
    }

    paint() {
      const settings = { displayModeBar: false, responsive: true, doubleClick: false, typesetMath: false };
      return Promise.all(this.specs.map((spec, place) => {
        const { lane, canvas } = this.canvases[place];
        color(spec, lane);
        return window.Plotly.react(canvas, spec.data, spec.layout, settings);
      }));
    }

    // Lane by lane, each from left to right.
    get marks() {
      return this.specs.flatMap(({ data }, lane) => data
        .flatMap(({ x, hovertext }, curveNumber) => x.map((left, pointNumber) => ({ lane, left, curveNumber, pointNumber, label: hovertext[pointNumber] })))
        .sort((one, other) => one.left - other.left));
    }

    walk(event) {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step || event.target !== this.element || !this.specs) return;
      event.preventDefault();
      const { marks } = this;
      this.active = (this.active + step + marks.length) % marks.length;
      const { lane, curveNumber, pointNumber, label } = marks[this.active];
      this.canvases.forEach(({ canvas }, place) => window.Plotly.Fx.hover(canvas, place === lane ? [{ curveNumber, pointNumber }] : []));
      this.status.textContent = new DOMParser().parseFromString(label.replaceAll("<br>", " "), "text/html").body.textContent;
    }
  }

  // Takes the data set of a script tag, which names both files. Plotly adopts a style sheet with this name and class
  // and writes no <style>, which our policy would refuse; the sheet must be there before Plotly runs.
  let loading;
  rolewise.loadPlotly = ({ plotly, plotlyStyle }) => {
    const style = { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles" };
    loading ??= append("link", plotlyStyle, style).then(() => append("script", plotly)).catch((error) => {
      loading = undefined; // the next call tries again
      throw error;
    });
    return loading;
  };

  const drawings = new WeakMap();
  // Draws over an element once; a second call after a failure tries again.
  rolewise.drawOver = (element, files) => {
    if (!drawings.has(element)) drawings.set(element, new LiveDrawing(element, files));
    return drawings.get(element).draw();
  };
  dark.addEventListener("change", () => live.forEach((drawing) => drawing.element.isConnected && drawing.paint()));
})();
