/*
 * The case's logic: pure functions from what has happened to what stands open.
 * A page is { events: [{ phase, asks, confirms, goesOn, ways }], steps: [{ phase, event }] }, in its own order.
 * A state is { answers, shown }: values by their inputs' names, and the events whose steps are looked at anyway.
 */
(function (scope) {
  "use strict";

  function answer({ answers }, name, value) {
    return { answers: { ...answers, [name]: value }, shown: [] };
  }

  function show({ answers, shown }, event) {
    return { answers, shown: [...shown, event] };
  }

  /* Each event and step is "open", "waiting" for something, or "off": its condition does not hold. */
  function view(page, { answers, shown }) {
    const events = [];
    const known = (name, ...values) => values.find((value) => value === answers[name]); // anything may be kept
    let stopped; // the case has come no further
    page.events.forEach((event, index) => {
      const given = stopped ? undefined : known(event.asks, "met", "unmet", "pending");
      const met = given === "met";
      const confirmed = event.confirms ? known(event.confirms, "yes", "no") : "yes";
      const told = !met ? given : confirmed === "yes" ? "open" : confirmed;
      const is =
        stopped || (told === "open" ? "open" : told === "unmet" || told === "no" ? "off" : "waiting");
      events.push({
        ...event,
        is,
        told,
        asked: stopped ? [] : [event.asks, met && event.confirms],
        left: event.ways.map((way) => !way.some((step) => answers[step] === "on")),
        shown: is === "open" || shown.includes(index),
      });
      // Met but not confirmed, the phase may have something else to do.
      const more = page.steps.some((step) => step.phase === event.phase && of(step)?.is === "open");
      if (!(met && more) && !(given === "unmet" && event.goesOn)) stopped = is;
    });

    function of(step) {
      return step.event < 0 ? { is: "open" } : events[step.event];
    }

    return {
      events,
      steps: page.steps.map((step) => ({ ...step, is: of(step).shown ? "open" : of(step).is })),
    };
  }

  /* Where the case is: each fact, gap, event and step. Facts are null where no answers led to the page. */
  function places({ facts, gaps, via, answers, asked, steps }) {
    const stand = Object.entries(steps).map(([id, is]) => [id, is + (answers[id] === "on" ? "-done" : "")]);
    const pairs = [
      ...Object.entries(facts || { answers: "none" }),
      ...gaps.map((gap) => ["gap", gap]),
      ["via", via],
      ...asked.map((name) => [name, answers[name]]),
      ...stand,
      ["left", stand.some(([, is]) => is === "open") ? "some" : "none"],
    ];
    return ["", ...pairs.map((pair) => pair.join("="))];
  }

  /* The text for the record: what the page says (see pages/record.py) of these places. */
  function record(page, groups, here, today) {
    const lines = groups.flatMap(({ word, of, is, key, list }) => {
      const holds = (place) => is.some((state) => here.includes(place + state));
      const found = page[of].filter(({ at }) => at.some(holds));
      const said = key ? found.flatMap((one) => one[key]) : [found.length];
      return !found.length ? [] : list ? [word, ...said] : [[word, ...said].join(" ").trim()];
    });
    return lines.filter(Boolean).join("\n").replace("{today}", today) + "\n";
  }

  scope.rutinCaseLogic = { answer, show, view, places, record };
})(globalThis);
