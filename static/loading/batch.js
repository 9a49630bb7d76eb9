// Continues a batch step by step: each request works for about a second and reports the progress. Where workers do the
// work, it asks every "wait" seconds how far they are. The state is in the database, so this can be interrupted at any
// point, run in two windows, and started again.
"use strict";
(() => {
  const work = document.getElementById("work");
  if (!work || !("run" in work.dataset)) return;
  const form = document.getElementById("work-form");
  const bar = work.querySelector("progress");
  const say = document.getElementById("work-say");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  form.hidden = true; // this script does what its button does by hand
  document.getElementById("by-hand")?.setAttribute("hidden", "");
  let stage = null;
  let failed = 0;
  let stopping = null; // the form that stops the batch, sent when the current request is answered

  const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
  const continueBatch = async () => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token);
    const response = await fetch(work.dataset.url, { method: "POST", body, headers: { Accept: "application/json" } });
    const type = response.headers.get("Content-Type") || "";
    if (!type.includes("json")) {
      if (response.status < 500) failed = 100; // signed out, or no longer allowed: trying again cannot help
      throw new Error(response.status < 500 ? "You are signed out. Sign in, then open this screen again." : "The site is busy.");
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.message);
    return answer;
  };

  const run = async () => {
    for (;;) {
      try {
        const progress = await continueBatch();
        failed = 0;
        stage ??= progress.stage;
        bar.max = Math.max(1, progress.total);
        bar.value = progress.done;
        say.textContent = progress.message;
        if (stopping) return stopping.submit();
        if (!progress.working || progress.stage !== stage) break;
        await pause(progress.wait);
        if (stopping) return stopping.submit();
      } catch (error) {
        if (stopping) return stopping.submit();
        failed += 1;
        const message = error instanceof TypeError ? "The site cannot be reached." : error.message;
        if (failed > 20) {
          say.textContent = `${message} Nothing is lost; this screen continues from there.`;
          form.hidden = false;
          return;
        }
        say.textContent = `${message} Trying again …`;
        await pause(Math.min(failed, 5));
      }
    }
    window.location.reload();
  };
  document.getElementById("stop-form").addEventListener("submit", (event) => {
    event.preventDefault();
    stopping = event.target;
    stopping.querySelector("button").disabled = true;
    say.textContent = "Stopping …";
  });
  run();
})();
