/* What the theme leaves out for those who use the keyboard. Harmless where there is nothing to mend. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  // The skip link moves the focus and leaves the address, which may hold answers, alone.
  const skip = document.querySelector("a.md-skip[href='#innehall']");
  const content = document.getElementById("innehall");
  if (skip && content) {
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      content.focus();
    });
  }

  // The menu button of narrow screens is a label, which no key reaches: put a button into it.
  const drawer = document.getElementById("__drawer");
  const search = document.getElementById("__search");
  // A browser may bring an open menu or search back after a reload.
  document.querySelectorAll("[data-md-toggle]").forEach((toggle) => (toggle.checked = false));
  document.querySelectorAll("label.md-header__button[for='__drawer']").forEach((label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "r-menu";
    button.setAttribute("aria-label", label.getAttribute("aria-label"));
    label.removeAttribute("aria-label");
    button.append(...label.childNodes);
    label.append(button);
    button.addEventListener("click", () => {
      drawer.click();
    });
    const tell = function () {
      button.setAttribute("aria-expanded", String(drawer.checked));
    };
    drawer.addEventListener("change", tell);
    tell();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drawer && drawer.checked) drawer.click();
  });

  // On Tab, the theme takes the focus from its search field, and WebKit then begins anew at the top of the page.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Tab" || !search?.checked) return;
      event.stopPropagation();
      search.click();
    },
    true,
  );
});
