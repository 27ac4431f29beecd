/* Keeps what is typed on the server, every few seconds and at once when the page goes out of sight. */
for (const form of document.querySelectorAll("[data-draft-url]")) {
  const WAIT_MS = 4000;
  const TICK_MS = 10000;
  // A browser refuses to finish larger requests after the page has gone.
  const KEEPALIVE_BYTES = 60000;
  const SIGNED_OUT = [400, 401];
  const status = form.querySelector("[data-draft-status]");
  const age = document.createElement("span");
  let timer, request, savedAt, changed = false, sent = false;
  status.after(age);

  form.addEventListener("input", () => {
    changed = true;
    timer ??= setTimeout(save, WAIT_MS);
  });
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("pagehide", save);
  addEventListener("online", save);
  setInterval(showAge, TICK_MS);

  // What is being published, or thrown away, must not come back as a draft.
  document.addEventListener("submit", ({ target }) => {
    if (target !== form && target.getAttribute("action") !== `${form.dataset.draftUrl}/delete`) return;
    sent = true;
    request?.abort();
  });
  addEventListener("pageshow", () => (sent = false));

  async function save() {
    clearTimeout(timer);
    timer = undefined;
    if (!changed || sent) return;
    changed = false;
    const fields = new FormData(form);
    const token = fields.get("csrf_token");
    fields.delete("csrf_token");
    const body = new URLSearchParams(fields).toString();
    request = new AbortController();
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token },
        keepalive: body.length < KEEPALIVE_BYTES,
        signal: request.signal,
      });
      if (!answer.ok) throw Object.assign(new Error("not saved"), { status: answer.status });
      savedAt = Date.now();
      say("Draft saved", "saved");
    } catch (error) {
      if (sent) return;
      changed = true;
      timer ??= setTimeout(save, 2 * WAIT_MS);
      savedAt = undefined;
      say(
        SIGNED_OUT.includes(error.status)
          ? "Not saved: you are signed out. Your text is still here. Press the button below, and you can sign in without losing it."
          : "Not saved yet. Please keep this page open, we are trying again.",
        "failed",
      );
    }
    showAge();
  }

  function say(words, state) {
    if (status.textContent !== words) status.textContent = words;
    status.dataset.state = state;
  }

  // Outside the live region: a screen reader hears "Draft saved" once, not a running clock.
  function showAge() {
    const seconds = Math.round((Date.now() - savedAt) / TICK_MS) * (TICK_MS / 1000);
    const minutes = Math.floor(seconds / 60);
    if (!savedAt || seconds < 10) age.textContent = "";
    else if (minutes < 1) age.textContent = ` ${seconds} seconds ago`;
    else age.textContent = ` ${minutes} ${minutes === 1 ? "minute" : "minutes"} ago`;
  }
}
