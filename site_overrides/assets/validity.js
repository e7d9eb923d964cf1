/* Where two versions stand side by side: by this device's clock, which of them is in force. */
(function () {
  "use strict";

  document.querySelectorAll("[data-turns]").forEach((line) => {
    const { turns, coming } = line.dataset;
    const turned = window.rutinCommon.today() >= turns;
    line.querySelector("[data-until]").hidden = turned;
    line.querySelector("[data-since]").hidden = !turned;
    // A warning stands where the version is not in force: before the day on the one, after it on the other.
    line.classList.toggle("r-overdue", turned === (coming === undefined));
    // What was answered so far goes along.
    line.addEventListener("click", ({ target }) => target.href && (target.hash = location.hash));
  });
})();
