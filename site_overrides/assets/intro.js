/*
 * How far a newcomer has come: which steps are ticked, on this device only. Nothing is sent, and where
 * storage is forbidden the ticks last as long as the page.
 */
(function () {
  "use strict";

  const KEY = "rutin.ny-har";
  let memory = null; // what storage would not take
  const place = document.querySelector("[data-introduction]");

  if (place) {
    const unit = place.dataset.introduction;
    const boxes = Array.from(place.querySelectorAll("[data-lesson] input[type=checkbox]"));

    place.addEventListener("change", function (event) {
      if (!boxes.includes(event.target)) return;
      const all = read();
      all[unit] = boxes.filter((box) => box.checked).map((box) => box.name);
      write(all);
      show();
    });
    place.querySelector("[data-clear]").addEventListener("click", function () {
      const all = read();
      delete all[unit];
      write(all);
      show();
      const status = place.querySelector("[data-progress]");
      status.textContent = status.dataset.cleared;
    });
    window.addEventListener("storage", function (event) {
      if (event.key === KEY || event.key === null) show();
    });

    function show() {
      const done = ticked(unit);
      boxes.forEach(function (box) { box.checked = done.includes(box.name); });
      const status = place.querySelector("[data-progress]");
      status.textContent = told(status, boxes.filter((box) => box.checked).length, boxes.length);
    }
    show();
  }

  document.querySelectorAll("[data-progress-of]").forEach(function (status) {
    const count = Number(status.dataset.count);
    const done = Math.min(ticked(status.dataset.progressOf).length, count);
    status.hidden = done === 0;
    status.textContent = told(status, done, count);
  });

  function told(status, done, count) {
    return status.dataset.told.replace("{done}", done).replace("{count}", count);
  }

  function ticked(unit) {
    const kept = read()[unit];
    return Array.isArray(kept) ? kept.filter((name) => typeof name === "string") : [];
  }

  function read() {
    let kept = memory;
    try { kept = kept || localStorage.getItem(KEY); } catch { /* forbidden */ }
    try { return Object.assign({}, JSON.parse(kept)); } catch { return {}; }
  }

  function write(all) {
    const kept = JSON.stringify(all);
    memory = null;
    try {
      if (Object.keys(all).length) localStorage.setItem(KEY, kept);
      else localStorage.removeItem(KEY);
    } catch { memory = kept; }
  }
})();
