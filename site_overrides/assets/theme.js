/* What the theme leaves out for those who use the keyboard. Harmless where there is nothing to mend. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  // The skip link moves the focus and leaves the address, which may hold answers, alone.
  const skip = document.querySelector("a.md-skip[href='#innehall']");
  const content = document.getElementById("innehall");
  if (skip && content) {
    skip.addEventListener("click", function (event) {
      event.preventDefault();
      content.focus();
    });
  }

  // The menu button of narrow screens is a label: make it a button.
  const drawer = document.getElementById("__drawer");
  document.querySelectorAll("label.md-header__button[for='__drawer']").forEach(function (label) {
    label.setAttribute("role", "button");
    label.setAttribute("tabindex", "0");
    label.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      drawer.click();
    });
    const tell = function () { label.setAttribute("aria-expanded", String(drawer.checked)); };
    drawer.addEventListener("change", tell);
    tell();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && drawer && drawer.checked) drawer.click();
  });
});
