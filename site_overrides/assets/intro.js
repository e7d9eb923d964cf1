/*
 * How far a newcomer has come: which steps are ticked, on this device only. Nothing is sent.
 */
(function () {
  "use strict";

  const { objectKeeper, fill } = window.rutinCommon;
  const kept = objectKeeper("localStorage", "rutin.ny-har");
  const place = document.querySelector("[data-introduction]");

  if (place) {
    const unit = place.dataset.introduction;
    const boxes = Array.from(place.querySelectorAll("[data-lesson] input[type=checkbox]"));

    place.addEventListener("change", (event) => {
      if (!boxes.includes(event.target)) return;
      const done = boxes.filter((box) => box.checked).map((box) => box.name);
      kept.set(unit, done);
      show();
    });
    place.querySelector("[data-clear]").addEventListener("click", () => {
      kept.set(unit, undefined);
      show();
      const status = place.querySelector("[data-progress]");
      status.textContent = status.dataset.cleared;
    });
    window.addEventListener("storage", (event) => {
      if (event.key === kept.key || event.key === null) show();
    });

    function show() {
      const done = ticked(unit);
      boxes.forEach((box) => {
        box.checked = done.includes(box.name);
      });
      const status = place.querySelector("[data-progress]");
      status.textContent = told(status, boxes.filter((box) => box.checked).length, boxes.length);
    }
    show();
  }

  document.querySelectorAll("[data-progress-of]").forEach((status) => {
    const count = Number(status.dataset.count);
    const done = Math.min(ticked(status.dataset.progressOf).length, count);
    status.hidden = done === 0;
    status.textContent = told(status, done, count);
  });

  function told(status, done, count) {
    return fill(status.dataset.told, { done, count });
  }

  function ticked(unit) {
    const names = kept.all()[unit];
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  }
})();
