/*
 * Steps that hold in some cases only, or have names that take part in some, where a page has any. A step goes where
 * the answers say that it does not hold; where they say that all of it does, it stands without what says when. A name
 * that does not take part keeps what says so. An event that no step waits for any more is not asked for, and the card
 * and the swimlane, which name the steps of all cases, are not shown to one that has not all of them.
 */
(function (scope) {
  "use strict";

  /* Pure: what is left of a page (see case-logic.js) in a case; a step is "sure" where nothing of it is left open. */
  function pageIn({ events, steps }, facts) {
    const left = steps.flatMap((step) => {
      const [names, ...someone] = (step.only ?? "").split(";").map((group) => group.split("|").map(hold));
      const holds = hold(step.facts ?? "");
      // Nobody is left to do it, or to do it to.
      const gone = holds === false || someone.some((each) => each.every((is) => is === false));
      return gone ? [] : { ...step, sure: Boolean(holds && names.every((is) => is)) };
    });
    const asked = events.filter((_, at) => left.some(({ event }) => event === at));
    return {
      events: asked,
      steps: left.map((step) => ({ ...step, event: asked.indexOf(events[step.event]) })),
    };

    /* Whether all of them are so; undefined where one is not known and the others are. */
    function hold(pairs) {
      const is = pairs.split(" ").map((pair) => {
        const [fact, values] = pair.split("=");
        return !pair || (Object.hasOwn(facts, fact) ? values.split(",").includes(facts[fact]) : undefined);
      });
      return !is.includes(false) && (is.includes(undefined) ? undefined : true);
    }
  }

  /* Show what is left, and return it. */
  function show(place, whole, facts) {
    const page = pageIn(whole, facts);
    const all = (selector, hidden) =>
      place.querySelectorAll(selector).forEach((part) => (part.hidden = hidden(part)));
    all(".r-step", (part) => !page.steps.some((step) => step.part === part));
    all(".r-phase", (phase) => !page.steps.some((step) => step.phase === phase));
    all("[data-event]", (part) => !page.events.some((event) => event.part === part));
    all(".r-brief, .r-swim", () => page.steps.length < whole.steps.length);
    page.steps.forEach(({ part, sure }) =>
      part.querySelectorAll("[data-hangs]").forEach((what) => (what.hidden = sure)),
    );
    return page;
  }

  scope.rutinSettle = { pageIn, show };
})(globalThis);
