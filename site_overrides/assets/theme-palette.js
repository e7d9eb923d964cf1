/* Light or dark as it was chosen: as soon as the choices are there, before the first paint. */
(function () {
  "use strict";

  const watch = new MutationObserver(choose);
  watch.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => watch.disconnect());

  function choose() {
    if (!document.querySelector("[data-md-component=palette] ~ *")) return;
    watch.disconnect();
    const kept = window.__md_get("__palette");
    let color = kept && kept.color;
    if (!color) return;
    if (color.media === "(prefers-color-scheme)") {
      const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
      const input = document.querySelector("[data-md-color-media='(prefers-color-scheme: " + scheme + ")']");
      color = input && {
        scheme: input.getAttribute("data-md-color-scheme"),
        primary: input.getAttribute("data-md-color-primary"),
        accent: input.getAttribute("data-md-color-accent"),
      };
    }
    ["scheme", "primary", "accent"].forEach((part) => {
      if (color && typeof color[part] === "string")
        document.body.setAttribute("data-md-color-" + part, color[part]);
    });
  }
})();
