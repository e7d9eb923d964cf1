/*
 * What every page has: one's own unit, remembered on this device, and the day it was printed.
 * Runs in the head, so that a page is filtered before it is painted.
 */
(function () {
  "use strict";

  const KEY = "rutin.enhet";
  const html = document.documentElement;
  html.classList.add("r-js");
  if (stored()) html.classList.add("r-filtering");

  document.addEventListener("DOMContentLoaded", function () {
    all("[data-overdue]", function (place) { place.hidden = today() <= place.dataset.overdue; });
    try {
      apply(stored());
    } finally {
      html.classList.remove("r-filtering");
    }
  });
  document.addEventListener("change", function (event) {
    if (!event.target.matches("[data-unit-choice]")) return;
    keep(event.target.value);
    apply(event.target.value);
  });
  window.addEventListener("storage", function (event) {
    if (event.key === KEY) apply(stored());
  });
  window.addEventListener("beforeprint", function () {
    all("[data-today]", function (place) { place.textContent = today(); });
    all("[data-printed]", function (place) { place.hidden = false; });
  });

  function apply(wanted) {
    const option = wanted && document.querySelector('[data-unit-choice] option[value="' + CSS.escape(wanted) + '"]');
    const unit = option ? wanted : "";
    all("[data-unit-choice]", function (choice) { choice.value = unit; });
    all("[data-filter]", function (place) {
      place.textContent = unit ? place.dataset.filter.replace("{unit}", () => option.textContent) : "";
    });
    all("[data-for]", function (place) {
      place.classList.toggle("r-others", Boolean(unit) && !place.dataset.for.split(" ").includes(unit));
    });
    all("[data-unit-mark], [data-mine]", function (place) {
      place.hidden = (place.dataset.unitMark || place.dataset.mine) !== unit;
    });
    all("[data-unit-page]", function (place) {
      const own = place.dataset.unitPage === unit;
      place.hidden = !unit;
      place.querySelector("[data-own]").hidden = !own;
      place.querySelector("[data-other]").hidden = own;
      place.querySelectorAll("[data-unit]").forEach(function (link) { link.hidden = link.dataset.unit !== unit; });
    });
    html.classList.toggle("r-one-unit", Boolean(unit));
  }

  function all(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join("-");
  }

  // Storage may be forbidden or hold anything; then the choice lasts as long as the page.
  function stored() {
    try { return localStorage.getItem(KEY) || ""; } catch { return ""; }
  }

  function keep(unit) {
    try {
      if (unit) localStorage.setItem(KEY, unit);
      else localStorage.removeItem(KEY);
    } catch { /* see above */ }
  }

  window.rutinPage = { today };
})();
