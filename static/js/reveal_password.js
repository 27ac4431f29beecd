/* Typing with numb fingers is easier when one can see it. */
for (const button of document.querySelectorAll("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;

  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));

  function show(visible) {
    input.type = visible ? "text" : "password";
    button.setAttribute("aria-pressed", String(visible));
  }
}
