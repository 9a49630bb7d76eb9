// What scripts add to pages that work without them: unfolding the target of a link, printing, copying the address. Also
// the one place that loads other scripts when they are needed, and Plotly, for charts.js and explore.js.
(() => {
  "use strict";

  const { pickers } = document.currentScript.dataset;

  // A link into a folded part opens it, also in browsers that would not.
  function reveal() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let folded = false;
    for (let part = target.parentElement; part; part = part.parentElement) {
      if (part.open === false) folded = part.open = true; // a closed <details>
    }
    if (folded) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  // The note of a figure would lie on the source that its link leads to.
  addEventListener("click", ({ target }) => target.closest("[popover] a") && target.closest("[popover]").hidePopover());

  // The first screen is drawn now, or after this frame: lay out all that the style sheet left for later.
  requestAnimationFrame(() => setTimeout(() => document.querySelector("main").className = "whole"));

  // `file`: an address and, after a blank, the hash without which the browser does not run a script.
  function append(tag, file, attributes) {
    const [src, integrity = ""] = file.split(" "); // a link takes its address as href
    const element = Object.assign(document.createElement(tag), { src, href: src, integrity }, attributes);
    return new Promise((resolve, reject) => {
      element.onload = resolve;
      element.onerror = () => {
        element.remove();
        reject(new Error(src));
      };
      document.head.append(element);
    });
  }

  // Takes the data set of a script tag, which names both files. Plotly adopts a style sheet with this name and class
  // and writes no <style>, which our policy would refuse; the sheet must be there before Plotly runs.
  let loading;
  function loadPlotly({ plotly, plotlyStyle }) {
    const style = { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles" };
    loading ??= append("link", plotlyStyle, style).then(() => append("script", plotly)).catch((error) => {
      loading = undefined; // the next call tries again
      throw error;
    });
    return loading;
  }
  window.rolewise = { append, loadPlotly, equip };

  // A script for parts that many readers never reach is loaded when one of them comes near.
  const later = document.getElementById("later");
  if (later) {
    const { parts, script } = later.dataset;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      append("script", script).catch(() => {}); // the page is whole without it
    }, { rootMargin: "600px" });
    for (const part of document.querySelectorAll(parts)) observer.observe(part);
  }

  // What elements in a part of the page can do: of the whole page first, and of what takes the place of a part.
  function equip(part) {
    window.rolewise.suggest?.(part);

    const print = part.querySelector("[data-print]");
    if (print) {
      print.parentElement.hidden = false;
      print.addEventListener("click", () => window.print());
    }

    const copy = part.querySelector("[data-copy]");
    if (copy && navigator.clipboard) {
      copy.parentElement.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(location.href.split("#")[0]);
        copy.textContent = "Link copied";
      });
    }
  }
  equip(document);

  // Inputs begin to suggest roles as soon as a reader touches anything, so that they are read out as what they are.
  const signs = ["pointermove", "pointerdown", "keydown", "focusin"];
  function loadPickers() {
    for (const sign of signs) removeEventListener(sign, loadPickers);
    append("script", pickers).catch(() => {}); // forms work without suggestions
  }
  for (const sign of signs) addEventListener(sign, loadPickers);
  if (document.activeElement?.matches("input")) loadPickers();
})();
