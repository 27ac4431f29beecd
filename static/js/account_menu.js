/* The menu closes with Escape and when the reader turns to something else. */
{
  const menu = document.querySelector("[data-menu]");

  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  for (const happening of ["pointerdown", "focusin"]) {
    document.addEventListener(happening, (event) => {
      if (menu && !menu.contains(event.target)) menu.open = false;
    });
  }
}
