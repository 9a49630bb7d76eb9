// What script adds to pages that work without it: suggestions while typing a title, opening what a link points into,
// copying the page's address.
(() => {
  "use strict";

  const WAIT = 120; // milliseconds of quiet before the server is asked

  // A text input that suggests roles: arrow keys move, Enter takes, Escape closes. Follows the combobox pattern of WAI-ARIA.
  class Picker {
    constructor(input) {
      this.input = input;
      this.box = Object.assign(document.createElement("div"), { hidden: true, className: "options" });
      this.note = document.createElement("p");
      this.note.setAttribute("aria-hidden", "true"); // the status below says the same to those who listen
      this.list = Object.assign(document.createElement("ul"), { id: `${input.id}-list` });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Roles");
      this.status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
      this.status.setAttribute("role", "status");
      this.box.append(this.note, this.list);
      input.after(this.box, this.status);
      for (const [name, value] of Object.entries({
        role: "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) input.setAttribute(name, value);
      this.at = -1;
      input.addEventListener("input", () => this.ask());
      input.addEventListener("keydown", (event) => this.press(event));
      // A title that stands there already gives way to what is typed; by keyboard browsers do this themselves.
      input.addEventListener("click", () => input.value === input.defaultValue && input.select());
      input.addEventListener("blur", () => this.close());
      this.box.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the input
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.take(option);
      });
    }

    get options() {
      return [...this.list.children];
    }

    ask() {
      clearTimeout(this.timer);
      const typed = this.input.value.trim();
      if (!typed) return this.close();
      this.timer = setTimeout(async () => {
        this.pending?.abort();
        this.pending = new AbortController();
        const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        try {
          const answer = await fetch(address, { signal: this.pending.signal });
          if (answer.ok) this.show(await answer.json());
        } catch {
          this.close(); // the form still works as it stands
        }
      }, WAIT);
    }

    show({ roles, near }) {
      this.list.replaceChildren(...roles.map(({ title, slug, publisher }, index) => {
        const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${index}`, textContent: title });
        if (publisher) option.append(` (${publisher})`); // another role has the same title
        option.dataset.typed = publisher ? slug : title;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.slug = slug;
        return option;
      }));
      this.at = -1;
      this.input.removeAttribute("aria-activedescendant");
      const found = roles.length;
      this.note.textContent = near ? "No role begins like this. Near:" : found ? "" : "No role begins like this";
      this.note.hidden = found > 0 && !near;
      const count = `${found} role${found === 1 ? "" : "s"}`;
      this.status.textContent = near ? `No role begins like this, ${count} near` : found ? `${count} found` : this.note.textContent;
      this.open(document.activeElement === this.input);
    }

    // Without roles the box holds the note alone, which is no list to move in.
    open(yes) {
      const found = this.options.length > 0;
      this.box.hidden = !yes;
      this.list.hidden = !found;
      this.input.setAttribute("aria-expanded", String(yes && found));
    }

    close() {
      clearTimeout(this.timer);
      this.pending?.abort();
      this.at = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.open(false);
    }

    move(step) {
      const { options } = this;
      if (!options.length) return;
      options[this.at]?.setAttribute("aria-selected", "false");
      this.at = this.at < 0 && step < 0 ? options.length - 1 : (this.at + step + options.length) % options.length;
      options[this.at].setAttribute("aria-selected", "true");
      options[this.at].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", options[this.at].id);
    }

    press(event) {
      if (event.key === "Escape" && !this.box.hidden) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Escape" && this.input.value !== this.input.defaultValue) {
        this.input.value = this.input.defaultValue; // a second time: the role that stood there
        this.input.select();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.box.hidden && !this.options.length) return this.ask();
        if (this.box.hidden) this.open(true);
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && this.at >= 0) {
        event.preventDefault();
        this.take(this.options[this.at]);
      }
    }

    take(option) {
      this.input.value = option.dataset.typed;
      this.close();
      const { open } = this.input.dataset; // the address that those of the roles begin with
      if (open) return location.assign(`${open}${encodeURIComponent(option.dataset.slug)}/`);
      if ("go" in this.input.dataset) return this.input.form.requestSubmit();
      const inputs = [...this.input.form.querySelectorAll("input[data-suggest], button")];
      inputs[inputs.indexOf(this.input) + 1]?.focus();
    }
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) new Picker(input);

  // A link into something folded opens it, also where the browser would not.
  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    let folded = false;
    for (let each = target; (each = each.parentElement?.closest("details")); ) {
      folded ||= !each.open;
      each.open = true;
    }
    if (folded) target.scrollIntoView();
  }
  addEventListener("hashchange", reveal);
  reveal();

  const print = document.querySelector("[data-print]");
  if (print) {
    print.parentElement.hidden = false;
    print.addEventListener("click", () => window.print());
  }

  const copy = document.querySelector("[data-copy]");
  if (copy && navigator.clipboard) {
    copy.parentElement.hidden = false;
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href.split("#")[0]);
      copy.textContent = "Link copied";
    });
  }
})();
