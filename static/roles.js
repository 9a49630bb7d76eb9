// The tray of roles to compare: up to four, remembered by this browser, the same on every page that has one. Without
// scripts the tick boxes and the button are a plain form.
(() => {
  "use strict";

  const KEY = "rolewise.tray";
  const tray = document.getElementById("tray");
  if (!tray) return;
  const form = tray.closest("form");
  const most = Number(tray.dataset.most);
  const message = tray.querySelector(".told");
  const hint = tray.querySelector(".ticked");
  const button = tray.querySelector("button");
  const chips = Object.assign(document.createElement("span"), { className: "chosen" });
  hint.after(chips);

  // A browser may refuse to store anything; then the tray lasts as long as the page.
  let roles = [];
  function read() {
    try {
      const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      const isRole = (role) => typeof role?.slug === "string" && typeof role?.title === "string";
      roles = Array.isArray(stored) ? stored.filter(isRole).slice(0, most) : [];
    } catch {
      // the roles of this page stay
    }
  }
  function save() {
    try {
      localStorage.setItem(KEY, JSON.stringify(roles));
    } catch {
      // the browser stores nothing
    }
  }

  const boxes = () => form.querySelectorAll("input[type=checkbox][name=role]");
  const titleOf = (box) => box.closest("tr").querySelector("th a").textContent;
  const has = (slug) => roles.some((role) => role.slug === slug);

  function show() {
    for (const box of boxes()) box.checked = has(box.value);
    chips.replaceChildren(...roles.map(({ slug, title }, place) => {
      const chip = Object.assign(document.createElement("button"), { type: "button", textContent: title });
      chip.className = `${"abcd"[place]} m`; // as the comparison will mark it
      chip.setAttribute("aria-label", `Take out ${title}`);
      chip.addEventListener("click", () => {
        const next = chip.nextElementSibling ?? chip.previousElementSibling;
        const index = [...chips.children].indexOf(next) - (next === chip.nextElementSibling ? 1 : 0);
        toggle({ slug, title });
        (chips.children[index] ?? button).focus();
      });
      return chip;
    }));
    hint.textContent = roles.length ? "To compare:" : `Tick two to ${["", "one", "two", "three", "four"][most]} roles.`;
    button.textContent = roles.length > 1 ? "Compare these" : "Compare";
    document.dispatchEvent(new CustomEvent("tray:changed", { detail: roles }));
  }

  function tell(text) {
    message.textContent = text;
  }

  function toggle(role) {
    read();
    if (has(role.slug)) {
      roles = roles.filter(({ slug }) => slug !== role.slug);
      tell(`${role.title} is taken out.`);
    } else if (roles.length === most) {
      tell(`Up to ${most} roles can be read side by side. Take one out to add ${role.title}.`);
    } else {
      roles = [...roles, { slug: role.slug, title: role.title }];
      tell(roles.length > 1 ? `${role.title} is chosen: ${roles.length} roles to compare.` : `${role.title} is chosen. Choose another one to compare it with.`);
    }
    save();
    show();
  }

  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.name === "role") toggle({ slug: box.value, title: titleOf(box) });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (roles.length < 2) return tell(roles.length ? "Choose another one to compare it with." : "Tick two roles first.");
    const query = new URLSearchParams(roles.map(({ slug }) => ["role", slug]));
    location.assign(`${form.action}?${query}`);
  });
  document.addEventListener("tray:toggle", (event) => toggle(event.detail));
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    read();
    show();
  });
  // A browser that goes back to a page restores the boxes as they were, which may no longer be the tray.
  addEventListener("pageshow", () => {
    read();
    show();
  });
})();
