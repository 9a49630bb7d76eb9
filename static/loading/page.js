// A value and the line it was read from light each other while one of them is pointed at or has the focus.
"use strict";
(() => {
  const lit = new Set();
  const clear = () => { lit.forEach((each) => each.classList.remove("lit")); lit.clear(); };
  const light = (each) => { if (each) { each.classList.add("lit"); lit.add(each); } };
  const partners = (start) => {
    const value = start.closest(".values li");
    if (value) return [value, document.getElementById(`line-${value.dataset.line}`)];
    const line = start.closest(".lines li");
    const link = line && line.querySelector("[data-values]");
    if (!link) return [];
    return [line, ...link.dataset.values.trim().split(" ").map((id) => document.getElementById(id))];
  };
  const follow = (event) => { clear(); partners(event.target).forEach(light); };
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, follow);

  // A field of one's own is meant as soon as something is typed into it.
  document.addEventListener("input", (event) => {
    const own = event.target.closest(".own");
    if (own) own.closest("fieldset").querySelector("input[value=own]").checked = true;
  });
})();
