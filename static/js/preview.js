/* Shows what a text will look like. The server makes it, as it will when the text is posted. */
for (const form of document.querySelectorAll("[data-preview-url]")) {
  const WAIT_MS = 700;
  const panel = form.querySelector("[data-preview]");
  const words = form.querySelector("[data-preview-text]");
  const source = form.elements.body;
  let timer, request;

  form.querySelector("[data-preview-button]").addEventListener("click", (event) => {
    event.preventDefault();
    panel.hidden = false;
    draw().then(() => panel.scrollIntoView({ block: "nearest" }));
  });

  source.addEventListener("input", () => {
    if (panel.hidden) return;
    clearTimeout(timer);
    timer = setTimeout(draw, WAIT_MS);
  });

  async function draw() {
    request?.abort();
    request = new AbortController();
    const fields = { body: source.value, csrf_token: form.elements.csrf_token.value };
    try {
      const answer = await fetch(form.dataset.previewUrl, {
        method: "POST",
        body: new URLSearchParams(fields),
        signal: request.signal,
      });
      if (!answer.ok) throw new Error(answer.status);
      words.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") words.textContent = "The preview cannot be shown just now. Your text is safe.";
    }
  }
}
