/*
 * Steps that hang on facts, where a page has any: without them where the answers say that they are so, and
 * not there at all where they are not. An event that no step waits for any more is not asked for, and the
 * card and the swimlane, which name the steps of all cases, are not shown to one that has not all of them.
 */
window.rutinSettle = function (end, facts) {
  "use strict";

  end.querySelectorAll("[data-if]").forEach((step) => {
    const is = step.dataset.if.split(" ").map((pair) => {
      const [fact, values] = pair.split("=");
      return Object.hasOwn(facts, fact) ? values.split(",").includes(facts[fact]) : undefined;
    });
    step.hidden = is.includes(false);
    step.querySelector("[data-hangs]").hidden = !is.includes(undefined);
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
