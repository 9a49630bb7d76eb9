// The upload form: files and folders can be dropped, and large uploads are sent in several requests, because one
// request can hold only a limited number of files. Without this script the form works as any other.
"use strict";
(() => {
  const form = document.getElementById("upload-form");
  const dropZone = document.getElementById("drop-zone");
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
  const most = (name) => /\.zip$/i.test(name) ? limits.archive : /\.(csv|xlsx)$/i.test(name) ? limits.table : limits.page;
  const take = (given) => {
    const pages = given.filter((file) => wanted.test(file.name));
    const others = given.filter((file) => !wanted.test(file.name)).map((file) => `“${file.name}”`);
    files = pages.filter((file) => file.size <= most(file.name));
    const sentences = [`${count(files.length, "file")} chosen.`];
    if (others.length) {
      const names = others.length > 3 ? count(others.length, "file") : others.join(", ");
      sentences.push(`Left out, because the kind is not one of those above: ${names}.`);
    }
    for (const file of pages.filter((page) => page.size > most(page.name))) {
      sentences.push(`“${file.name}” is left out: it has ${file.size.toLocaleString("en")} bytes, and `
        + `${most(file.name).toLocaleString("en")} is the most.`);
    }
    chosen.textContent = sentences.join(" ");
  };
  input.addEventListener("change", () => take([...input.files]));

  // readEntries returns a hundred entries of a folder at a time.
  const walk = async (entry) => {
    if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
    const reader = entry.createReader();
    const files = [];
    for (;;) {
      const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (!entries.length) return files;
      for (const child of entries) files.push(...await walk(child));
    }
  };
  const isOver = (over) => dropZone.classList.toggle("over", over);
  for (const kind of ["dragenter", "dragover"]) {
    dropZone.addEventListener(kind, (event) => { event.preventDefault(); isOver(true); });
  }
  dropZone.addEventListener("dragleave", () => isOver(false));
  dropZone.addEventListener("drop", async (event) => {
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

  const splitFiles = () => {
    const portions = [];
    let portion = [], size = 0;
    for (const file of files) {
      if (portion.length && (portion.length >= limits.files / 2 || size + file.size > limits.request)) {
        portions.push(portion);
        portion = [];
        size = 0;
      }
      portion.push(file);
      size += file.size;
    }
    if (portion.length) portions.push(portion);
    return portions;
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
    const portions = splitFiles();
    const total = Math.max(1, files.reduce((sum, file) => sum + file.size, 0));
    let sent = 0;
    const problems = [];
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const first = new FormData(form);
    first.delete("files");
    for (const file of portions[0] || []) first.append("files", file, file.name);
    const batch = await post(form.action, first);
    for (const [at, portion] of portions.entries()) {
      if (at > 0) {
        const more = new FormData();
        more.append("csrfmiddlewaretoken", token);
        for (const file of portion) more.append("files", file, file.name);
        try {
          await post(batch.files, more);
        } catch (error) {
          problems.push(error.message); // the other portions are still sent
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
    link.textContent = "Continue with the files that arrived";
    say.replaceChildren(`Not all files arrived: ${[...new Set(problems)].join(" ")} `, link);
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
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

  // After "Back" the browser restores the form as it was left; the files are those of the field.
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    sending.hidden = true;
    say.textContent = "";
    if (input.files.length) take([...input.files]);
  });
})();
