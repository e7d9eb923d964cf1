/*
 * Steps that hang on facts, or have names that do, where a page has any: without them where the answers say that
 * all are so, and not there at all where the step's are not. A name that does not take part keeps what says so. An event that no step waits for any more is not asked for, and the
 * card and the swimlane, which name the steps of all cases, are not shown to one that has not all of them.
 */
window.rutinSettle = function (end, facts) {
  "use strict";

  /* Whether all of them are so; undefined where one is not known and the others are. */
  function hold(pairs) {
    const is = pairs.split(" ").map((pair) => {
      const [fact, values] = pair.split("=");
      return !pair || (Object.hasOwn(facts, fact) ? values.split(",").includes(facts[fact]) : undefined);
    });
    return !is.includes(false) && (is.includes(undefined) ? undefined : true);
  }

  end.querySelectorAll("[data-if]").forEach((step) => {
    const groups = (step.dataset.only ?? "").split(";").map((group) => group.split("|").map(hold));
    const [names, ...someone] = groups;
    const holds = hold(step.dataset.if);
    // Nobody is left to do it, or to do it to.
    step.hidden = holds === false || someone.some((each) => each.every((is) => is === false));
    step.querySelector("[data-hangs]").hidden = holds && names.every((is) => is);
  });
  const fewer = Boolean(end.querySelector("[data-if][hidden]"));
  end.querySelectorAll(".r-brief, .r-swim").forEach((view) => (view.hidden = fewer));
  end.querySelectorAll(".r-phase").forEach((phase) => {
    const steps = [...phase.querySelectorAll(".r-step:not([hidden])")];
    phase.hidden = !steps.length;
    phase.querySelectorAll("[data-event]").forEach((event) => {
      event.hidden = !steps.some(({ dataset }) => dataset.when === event.dataset.event);
    });
  });
};
