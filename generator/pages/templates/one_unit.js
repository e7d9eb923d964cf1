/* Where there are several routines, one's own unit is the same in all: it is kept with the list above them, too. */
(function () {
  "use strict";

  const { keeper } = window.rutinCommon;
  const own = keeper("localStorage", "rutin.enhet");
  const above = keeper("localStorage", "", own.key.replace(/[^/]+\/(?=[^/]+$)/, ""));
  const unit = above.read();
  if (unit) own.write(unit.trim());
  document.addEventListener("change", ({ target }) => {
    // To choose none is a choice, too.
    if (target.matches("[data-unit-choice]")) above.write(target.value || " ");
  });
})();
