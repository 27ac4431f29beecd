/* Quotes the chosen words of a post, or all of it, into the reply. */
{
  const area = document.querySelector("[data-composer]")?.elements.body;

  for (const button of document.querySelectorAll("[data-quote]")) {
    button.hidden = !area;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      insert(quoted(button.dataset));
    });
  }

  function quoted({ quote: id, author }) {
    const text = document.getElementById(`post-text-${id}`);
    const lines = (chosenIn(text) || ownWords(text)).trim().split("\n");
    return [`[${author} wrote](/posts/${id}):`, ...lines].map((line) => `> ${line}`).join("\n");
  }

  function chosenIn(text) {
    const selection = getSelection();
    const inside = selection.rangeCount && text.contains(selection.getRangeAt(0).commonAncestorContainer);
    return inside ? selection.toString() : "";
  }

  // Without the quotes inside it: a reply should not carry the whole conversation along.
  function ownWords(text) {
    const blocks = [...text.children].filter((block) => block.tagName !== "BLOCKQUOTE");
    return blocks.map((block) => block.innerText).join("\n\n");
  }

  function insert(words) {
    const before = area.value && !area.value.endsWith("\n\n") ? `${area.value.trimEnd()}\n\n` : area.value;
    area.value = `${before}${words}\n\n`;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    area.scrollIntoView({ block: "center" });
  }
}
