/* Puts Markdown marks around or before the chosen words. */
for (const bar of document.querySelectorAll("[data-toolbar]")) {
  const area = bar.closest("form").elements.body;
  bar.hidden = false;

  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    area.focus();
    if (button.dataset.mark) surround(button.dataset.mark, button.dataset.mark);
    else if (button.dataset.line) startLines(button.dataset.line);
    else surround("[", "](https://)");
  });

  area.addEventListener("keydown", (event) => {
    const mark = { b: "**", i: "*" }[event.key.toLowerCase()];
    if (!mark || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    surround(mark, mark);
  });

  function surround(before, after) {
    const { selectionStart: start, selectionEnd: end } = area;
    const chosen = area.value.slice(start, end);
    write(before + chosen + after);
    area.setSelectionRange(start + before.length, start + before.length + chosen.length);
  }

  function startLines(mark) {
    const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const lines = area.value.slice(start, area.selectionEnd);
    area.setSelectionRange(start, area.selectionEnd);
    write(lines.replace(/^/gm, mark));
  }

  // The old command is the one way of writing that Ctrl+Z can take back.
  function write(text) {
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
