// What scripts add to pages that work without them: unfolding the target of a link, laying out what is below the first
// screen, and loading the other scripts when they are needed.
(() => {
  "use strict";

  const { controls } = document.currentScript.dataset;

  // A link into a folded part opens it, also in browsers that would not.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
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

  // The first screen is drawn now. Then what the style sheet left for later is laid out, in each frame as much as takes 8 ms:
  // all at once would block a phone. A link to a place further down would lead to where it is by guessed heights,
  // so all is laid out before the browser goes there.
  const main = document.querySelector("main");
  const parts = [...main.querySelectorAll(":scope > section, .roles tr")];
  const layOutAll = () => main.className = "whole";
  function layOutNext() {
    const started = performance.now();
    while (parts.length && performance.now() < started + 8) {
      const part = parts.shift();
      part.style.contentVisibility = "visible";
      part.offsetHeight; // has the browser lay it out now
    }
    if (parts.length) requestAnimationFrame(layOutNext);
    else layOutAll();
  }
  if (location.hash) layOutAll();
  else requestAnimationFrame(layOutNext);

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

  window.rolewise = { append };

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

  // Inputs begin to suggest roles as soon as a reader touches anything, so that they are read out as what they are.
  const signs = ["pointermove", "pointerdown", "keydown", "focusin"];
  function loadControls() {
    for (const sign of signs) removeEventListener(sign, loadControls);
    append("script", controls).catch(() => {}); // forms work without
  }
  for (const sign of signs) addEventListener(sign, loadControls);
  if (document.activeElement?.matches("input")) loadControls();
})();
