// A value and its line are highlighted together while one of them has the pointer or the focus.
"use strict";
(() => {
  const lit = new Set();
  const clear = () => { lit.forEach((element) => element.classList.remove("lit")); lit.clear(); };
  const light = (element) => { if (element) { element.classList.add("lit"); lit.add(element); } };
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

  // Typing into a field of "Something else" chooses it.
  document.addEventListener("input", (event) => {
    const own = event.target.closest(".own");
    if (own) own.closest("fieldset").querySelector("input[value=own]").checked = true;
  });
})();
