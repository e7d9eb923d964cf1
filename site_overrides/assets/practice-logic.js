/*
 * The logic of practice: pure functions from what was answered to what is asked and shown. Exercises are
 * [{ id, units, right, choices }] in their order, and what was given { id: choice }.
 */
(function (scope) {
  "use strict";

  /* What was kept, as far as it is an answer; what is no longer among the choices is asked again. */
  function known(exercises, kept) {
    const answered = exercises.filter(({ id, choices }) => choices.includes(kept?.[id]));
    return Object.fromEntries(answered.map(({ id }) => [id, kept[id]]));
  }

  /* Asked are those of one's own unit, if any; shown is one at a time, and at the end all of them to look back at. */
  function view(exercises, given, unit) {
    const asked = exercises.filter(({ units }) => !unit || units.includes(unit));
    const open = asked.find(({ id }) => !given[id]);
    const wrong = asked.filter(({ id, right }) => given[id] && given[id] !== right);
    return { asked, open, wrong, shown: open ? [open] : asked, done: asked.length > 0 && !open };
  }

  scope.rutinPracticeLogic = { known, view };
})(globalThis);
