/*
 * What every page has: one's own unit, remembered on this device, and the day it was printed.
 * Runs in the head, so that a page is filtered before it is painted.
 */
(function () {
  "use strict";

  const { keeper, fill, today } = window.rutinCommon;
  const kept = keeper("localStorage", "rutin.enhet");
  const html = document.documentElement;
  html.classList.add("r-js");
  // Until the unit, and the answers in a shared link, are heeded.
  if (kept.read() || /=|3D/i.test(location.hash + location.search)) html.classList.add("r-filtering");

  document.addEventListener("DOMContentLoaded", () => {
    all("[data-overdue]", (place) => (place.hidden = today() <= place.dataset.overdue));
    try {
      apply(kept.read());
    } finally {
      html.classList.remove("r-filtering");
    }
  });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-unit-choice]")) return;
    kept.write(target.value);
    apply(target.value);
  });
  window.addEventListener("storage", ({ key }) => {
    if (key === kept.key) apply(kept.read());
  });
  // What comes back as it was left may show what is kept no more.
  window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  // The second click of a double click would follow a link that nobody has read; some phones count each tap as a first.
  let last = 0;
  document.addEventListener(
    "click",
    (event) => {
      const soon = event.timeStamp - last < 350 && matchMedia("(pointer: coarse)").matches;
      last = event.timeStamp;
      if ((event.detail > 1 || soon) && event.target.closest("a")) event.preventDefault();
    },
    true,
  );
  window.addEventListener("beforeprint", () => {
    all("[data-today]", (place) => (place.textContent = today()));
    all("[data-printed]", (place) => (place.hidden = false));
  });

  function apply(wanted) {
    const option =
      wanted &&
      document.querySelector(`:is([data-unit-choice] option, [data-name])[value="${CSS.escape(wanted)}"]`);
    const unit = option ? wanted : "";
    all("[data-unit-choice]", (choice) => {
      if (choice.type === "radio") choice.checked = choice.value === unit;
      else choice.value = unit;
    });
    all("[data-filter]", (place) => {
      const name = unit && (option.dataset.name || option.textContent);
      place.textContent = unit && fill(place.dataset.filter, { unit: name });
    });
    all("[data-for]", (place) => {
      place.classList.toggle("r-others", unit && !place.dataset.for.split(" ").includes(unit));
    });
    all("[data-line]", (line) => line.classList.toggle("r-my-line", line.dataset.line === unit));
    all("[data-unit-mark], [data-mine]", (place) => {
      place.hidden = (place.dataset.unitMark || place.dataset.mine) !== unit;
    });
    all("[data-unit-page]", (place) => {
      const own = place.dataset.unitPage === unit;
      place.hidden = !unit;
      place.querySelector("[data-own]").hidden = !own;
      place.querySelector("[data-other]").hidden = own;
      place.querySelectorAll("[data-unit]").forEach((link) => (link.hidden = link.dataset.unit !== unit));
    });
    html.classList.toggle("r-one-unit", unit);
  }

  function all(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }
})();
