/* Where there are several routines, one's own unit is the same in all: it is kept with the list above them, too. */
(function () {
  "use strict";

  const own = `${new URL("../", document.currentScript.src).pathname}rutin.enhet`;
  const common = own.replace(/[^/]+\/(?=[^/]+$)/, "");
  try {
    const unit = localStorage.getItem(common);
    if (unit) localStorage.setItem(own, unit);
    else if (unit !== null) localStorage.removeItem(own);
  } catch {
    /* Storage may be forbidden, or full: then nothing is remembered. */
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-unit-choice]")) return;
    try {
      localStorage.setItem(common, target.value);
    } catch {
      /* see above */
    }
  });
})();
