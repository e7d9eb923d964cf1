/*
 * The single file: every page of the navigator is a sheet, and the address names the one to show,
 * "#_sida=situation/x&fact=value". Without script, "#situation-x" shows a sheet by style alone.
 */
(function () {
  "use strict";

  const PAGE = /^#_sida=([^&]*)&?/;
  // Colours of their own for the dark: on the site, the theme does this.
  const dark = matchMedia("(prefers-color-scheme: dark)");
  colour();
  dark.addEventListener("change", colour);

  function colour() {
    document.documentElement.dataset.mdColorScheme = dark.matches ? "slate" : "default";
  }

  function fragment() {
    return location.hash.replace(PAGE, "#");
  }

  function address(page, answers) {
    return "#_sida=" + page.replace(".html", "") + (answers && "&" + answers);
  }

  function start(open, words) {
    const name = document.title;
    document.querySelectorAll("a[data-page]").forEach((link) => {
      link.setAttribute("href", address(link.dataset.page, link.dataset.fragment));
    });

    function show(moved) {
      const asked = PAGE.exec(location.hash);
      const anchor = document.getElementById(location.hash.slice(1));
      const sheet =
        (asked && document.querySelector('[data-sheet="' + CSS.escape(asked[1]) + '"]')) ||
        (anchor && anchor.closest("[data-sheet]")) ||
        document.querySelector("[data-sheet]");
      document.querySelectorAll(".r-open").forEach((other) => {
        other.classList.remove("r-open");
      });
      sheet.classList.add("r-open");
      open(sheet);
      const heading = sheet.querySelector("h1");
      const values = { question: heading.textContent.trim(), name };
      document.title = window.rutinCommon.fill(words.title, values);
      if (anchor && anchor !== sheet) anchor.scrollIntoView();
      else if (moved) {
        heading.focus({ preventScroll: true });
        window.scrollTo(0, 0);
      }
    }
    window.addEventListener("hashchange", () => {
      show(true);
    });
    show(false);
  }

  window.rutinSheets = { fragment, address, start };
})();
