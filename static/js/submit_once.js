/* A second press on a slow line does nothing. The server keeps its own promise with a one-time key. */
{
  const sending = new Set();

  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.matches("[data-submit-once]")) return;
    if (sending.has(form)) return event.preventDefault();
    sending.add(form);
    // Disabled only after the browser has read which button was pressed.
    setTimeout(() => setButtons(form, true));
  });

  // "Back" shows the page as it was left: its buttons must work again.
  addEventListener("pageshow", () => {
    for (const form of sending) setButtons(form, false);
    sending.clear();
  });

  function setButtons(form, disabled) {
    for (const button of form.querySelectorAll("button:not([type=button])")) button.disabled = disabled;
  }
}
