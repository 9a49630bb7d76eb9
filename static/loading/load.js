// The load form: files can be dropped, folders too, and large drops go in several requests, for one may hold
// only so many files. Without this script the form is sent as any other.
"use strict";
(() => {
  const form = document.getElementById("load-form");
  const drop = document.getElementById("drop");
  const input = document.getElementById("id_files");
  const chosen = document.getElementById("chosen");
  const say = document.getElementById("say");
  const sending = document.getElementById("sending");
  const button = form.querySelector("button");
  const limits = {
    files: Number(form.dataset.filesAtOnce),
    page: Number(form.dataset.largestPage),
    table: Number(form.dataset.largestTable),
    archive: Number(form.dataset.largestArchive),
    request: 8_000_000, // bytes, so that the bar moves
  };
  const wanted = /\.(txt|html?|csv|xlsx|zip)$/i;
  let files = [];
  document.getElementById("drop-hint").hidden = false;
  document.getElementById("by-hand").hidden = true;

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const take = (given) => {
    const pages = given.filter((file) => wanted.test(file.name));
    const left = given.length - pages.length;
    files = pages;
    chosen.textContent = count(pages.length, "file") + " chosen" + (left ? `; ${left} left out, being no pages.` : ".");
  };
  input.addEventListener("change", () => take([...input.files]));

  // A folder has to be walked; readEntries gives a hundred at a time.
  const walk = async (entry) => {
    if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!some.length) return found;
      for (const each of some) found.push(...await walk(each));
    }
  };
  const isOver = (over) => drop.classList.toggle("over", over);
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); isOver(true); });
  }
  drop.addEventListener("dragleave", () => isOver(false));
  drop.addEventListener("drop", async (event) => {
    event.preventDefault();
    isOver(false);
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files];
    try {
      take(entries.length ? (await Promise.all(entries.map(walk))).flat() : plain);
    } catch {
      take(plain);
    }
    input.value = "";
    input.required = false;
  });

  const portions = () => {
    const found = [];
    let portion = [], size = 0;
    for (const file of files) {
      if (portion.length && (portion.length >= limits.files / 2 || size + file.size > limits.request)) {
        found.push(portion);
        portion = [];
        size = 0;
      }
      portion.push(file);
      size += file.size;
    }
    if (portion.length) found.push(portion);
    return found;
  };

  const post = async (url, body) => {
    const response = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    const type = response.headers.get("Content-Type") || "";
    if (!type.includes("json")) {
      throw new Error(response.status < 500 ? "You are signed out. Sign in and try once more." : "The site is busy. Try again in a moment.");
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  };

  const send = async () => {
    const several = portions();
    const total = Math.max(1, files.reduce((sum, file) => sum + file.size, 0));
    let sent = 0;
    const problems = [];
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const first = new FormData(form);
    first.delete("files");
    for (const file of several[0] || []) first.append("files", file, file.name);
    const batch = await post(form.action, first);
    for (const [at, portion] of several.entries()) {
      if (at > 0) {
        const more = new FormData();
        more.append("csrfmiddlewaretoken", token);
        for (const file of portion) more.append("files", file, file.name);
        try {
          await post(batch.files, more);
        } catch (error) {
          problems.push(error.message); // the other portions are sent all the same
        }
      }
      sent += portion.reduce((sum, file) => sum + file.size, 0);
      sending.querySelector("progress").value = sent / total;
      say.textContent = `${Math.round(100 * sent / total)} % sent.`;
    }
    if (!problems.length) {
      window.location.assign(batch.batch);
      return;
    }
    const link = document.createElement("a");
    link.href = batch.batch;
    link.textContent = "Go on with what came";
    say.replaceChildren(`Not all files came: ${[...new Set(problems)].join(" ")} `, link);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const most = (name) => /\.zip$/i.test(name) ? limits.archive : /\.(csv|xlsx)$/i.test(name) ? limits.table : limits.page;
    const large = files.find((file) => file.size > most(file.name));
    if (large) {
      say.textContent = `“${large.name}” has ${large.size.toLocaleString("en")} bytes: a page may have `
        + `${limits.page.toLocaleString("en")}, a table ${limits.table.toLocaleString("en")}, an archive `
        + `${limits.archive.toLocaleString("en")}.`;
      return;
    }
    button.disabled = true;
    sending.hidden = false;
    say.textContent = "Sending …";
    try {
      await send();
    } catch (error) {
      say.textContent = error instanceof TypeError ? "The site cannot be reached. Try again in a moment." : error.message;
      button.disabled = false;
      sending.hidden = true;
    }
  });

  // Back in the browser: the form is as it was left, and the files are those of the field.
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    sending.hidden = true;
    say.textContent = "";
    if (input.files.length) take([...input.files]);
  });
})();
