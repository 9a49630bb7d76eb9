// What a reader handles: inputs that suggest roles while a title is typed, and the buttons to print and to copy the
// link. Loaded at the first sign of a hand: see site.js.
(() => {
  "use strict";

  const WAIT = 120; // milliseconds without a key before the server is asked

  // What stands below the name of a suggestion: the title that was typed, pay with its year, jobs.
  function describe({ called, median, average, year, jobs, publisher }) {
    const notes = [];
    if (called) notes.push(`also called ${/[A-Z]/.test(called.slice(1)) ? called : called.toLowerCase()}`);
    const pay = median ?? average;
    const amount = `${median == null ? "average" : "median"} $${pay?.toLocaleString("en-US")}`;
    if (pay != null) notes.push(year ? `${amount} (${year})` : amount);
    if (jobs != null) notes.push(`${jobs.toLocaleString("en-US")} job${jobs === 1 ? "" : "s"}`);
    if (publisher) notes.push(publisher); // another role has the same name
    return notes.join(" · ");
  }

  // A text input that suggests roles: arrow keys move, Enter picks, Escape closes. Follows the WAI-ARIA combobox pattern.
  class Picker {
    constructor(input) {
      this.input = input;
      this.box = Object.assign(document.createElement("div"), { hidden: true, className: "options" });
      this.note = document.createElement("p");
      this.note.setAttribute("aria-hidden", "true"); // screen readers hear the status below
      this.list = Object.assign(document.createElement("ul"), { id: `${input.id}-list` });
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", "Roles");
      this.status = Object.assign(document.createElement("span"), { className: "vh" });
      this.status.setAttribute("role", "status");
      this.box.append(this.note, this.list);
      input.after(this.box, this.status);
      for (const [name, value] of Object.entries({
        role: "combobox",
        autocomplete: "off",
        autocapitalize: "none",
        spellcheck: "false",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": this.list.id,
      })) input.setAttribute(name, value);
      this.active = -1; // index of the highlighted option
      input.addEventListener("input", () => this.request());
      input.addEventListener("keydown", (event) => this.press(event));
      // Typing replaces the title that is already there; with the keyboard, browsers do this themselves.
      input.addEventListener("click", () => input.value === input.defaultValue && input.select());
      input.addEventListener("blur", () => this.close());
      // These keep the focus in the input: a list that closed would move the button away from under the finger.
      for (const part of [this.box, ...input.form.querySelectorAll("button")]) {
        part.addEventListener("pointerdown", (event) => event.preventDefault());
      }
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.pick(option);
      });
    }

    get options() {
      return [...this.list.children];
    }

    request() {
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
          this.close(); // the form works without suggestions
        }
      }, WAIT);
    }

    // `before`: what stands before the last side of a comparison, which the roles are for.
    show({ roles, near, before }) {
      this.before = before;
      this.list.replaceChildren(...roles.map((role, index) => {
        const { name, slug, publisher } = role;
        const option = Object.assign(document.createElement("li"), { id: `${this.list.id}-${index}`, textContent: name });
        const note = describe(role);
        if (note) option.append(" ", Object.assign(document.createElement("small"), { textContent: note }));
        option.dataset.typed = publisher ? slug : name;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.slug = slug;
        return option;
      }));
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      const count = `${roles.length} role${roles.length === 1 ? "" : "s"}`;
      const [note, status] = near ? ["No role is called this. Near:", `No role is called this, ${count} near`]
        : roles.length ? ["", `${count} found`]
        : ["No role is called this", "No role is called this"];
      this.note.textContent = note;
      this.note.hidden = !note;
      this.status.textContent = status;
      this.open(document.activeElement === this.input);
    }

    // Without roles the box holds only the note, and there is no list to move in.
    open(visible) {
      const hasOptions = this.options.length > 0;
      this.box.hidden = !visible;
      this.list.hidden = !hasOptions;
      this.input.setAttribute("aria-expanded", String(visible && hasOptions));
    }

    close() {
      clearTimeout(this.timer);
      this.pending?.abort();
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      this.open(false);
    }

    move(step) {
      const { options } = this;
      if (!options.length) return;
      options[this.active]?.setAttribute("aria-selected", "false");
      const upFromNone = this.active < 0 && step < 0;
      this.active = upFromNone ? options.length - 1 : (this.active + step + options.length) % options.length;
      options[this.active].setAttribute("aria-selected", "true");
      options[this.active].scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", options[this.active].id);
    }

    press(event) {
      if (event.key === "Escape" && !this.box.hidden) {
        event.preventDefault();
        this.close();
      } else if (event.key === "Escape" && this.input.value !== this.input.defaultValue) {
        this.input.value = this.input.defaultValue; // Escape again restores the original role
        this.input.select();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.box.hidden && !this.options.length) return this.request();
        if (this.box.hidden) this.open(true);
        this.move(event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && this.active >= 0) {
        event.preventDefault();
        this.pick(this.options[this.active]);
      }
    }

    pick(option) {
      this.input.value = [this.before, option.dataset.typed].join(" ").trim();
      this.close();
      if (this.before) return this.input.form.requestSubmit(); // a comparison that is typed into one input
      const { open } = this.input.dataset; // the start of a role's address
      if (open) return location.assign(`${open}${encodeURIComponent(option.dataset.slug)}/`);
      if ("go" in this.input.dataset) return this.input.form.requestSubmit();
      const inputs = [...this.input.form.querySelectorAll("input[data-suggest], button")];
      inputs[inputs.indexOf(this.input) + 1]?.focus();
    }
  }

  function suggest(part) {
    for (const input of part.querySelectorAll("input[data-suggest]")) {
      const picker = new Picker(input);
      // What was typed before this script was there.
      if (input === document.activeElement && input.value !== input.defaultValue) picker.request();
    }
  }

  function offerButtons(part) {
    const print = part.querySelector("[data-print]");
    if (print) {
      print.hidden = false;
      print.addEventListener("click", () => window.print());
    }

    const copy = part.querySelector("[data-copy]");
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(location.href.split("#")[0]);
        copy.textContent = "Link copied";
      });
    }
  }

  // What elements in a part of the page can do: of the whole page first, and of what takes the place of a part.
  window.rolewise.equip = (part) => {
    suggest(part);
    offerButtons(part);
  };
  window.rolewise.equip(document);
})();
