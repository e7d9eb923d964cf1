/*
 * The case's logic: pure functions from what has happened to what stands open.
 * A page is { events: [{ phase, asks, confirms, goesOn, afterwards, ways }], steps: [{ phase, event, name, duty, title, about }] },
 * in its own order; what its steps hang on, facts and only, is for settle.js. A state is { answers }: values by their inputs' names.
 */
(function (scope) {
  "use strict";

  function answer({ answers }, name, value) {
    return { answers: { ...answers, [name]: value } };
  }

  /* Each event and step is "open", "waiting" for something, or "off": its condition does not hold. */
  function view(page, { answers }) {
    const events = [];
    const known = (name, ...values) => values.find((value) => value === answers[name]); // anything may be kept
    let stopped; // the case has come no further
    page.events.forEach((event) => {
      const given = stopped ? undefined : known(event.asks, "met", "unmet", "pending");
      const met = given === "met";
      const confirmed = event.confirms ? known(event.confirms, "yes", "no", "none") : "yes";
      const told = !met ? given : confirmed === "yes" ? "open" : confirmed;
      const is =
        stopped || (told === "open" ? "open" : told === "unmet" || told === "no" ? "off" : "waiting");
      events.push({
        ...event,
        is,
        told,
        asked: stopped ? [] : [event.asks, met && event.confirms],
        left: event.ways.map((way) => !way.some((step) => answers[step] === "on")),
      });
      // Met but not confirmed, the phase may have something else to do.
      const more = page.steps.some((step) => step.phase === event.phase && of(step) === "open");
      if (!(met && more) && !event.goesOn.includes(told)) stopped = is;
    });

    function of(step) {
      return step.event < 0 ? "open" : events[step.event]?.is; // none yet, while they are gone through
    }

    // What stands before the last that has happened is past, ticked or not; where more is to be tried, what led there.
    const last = events.findLastIndex(({ told, ways }) => told && (told !== "pending" || ways.length));
    const first = page.steps.findIndex(({ event }) => event === last);
    const tried = events[last]?.told !== "pending";
    const reached = events.some(({ told, afterwards }) => told === "unmet" && afterwards);
    const steps = page.steps.map((step, at) => {
      const is = of(step);
      const past = is === "open" && at < first && (tried || step.event >= 0);
      return { ...step, is, stands: past ? "past" : is };
    });

    // What is said of other steps is left for as long as one of them is.
    steps.forEach((step) => {
      const left = steps.filter(({ name }) => step.about?.includes(name) && answers[name] !== "on");
      const some = (state) => left.some(({ stands }) => stands === state);
      if (!step.about || answers[step.name] === "on" || some("open") || (some("waiting") && !reached)) return;
      step.stands = ["waiting", "off"].find(some) || "past";
      if (step.stands !== "past") step.is = step.stands;
    });
    return { events, reached, steps };
  }

  /* Where the case is: each fact, gap, event and step. Facts are null where no answers led to the page. */
  function places({ facts, gaps, via, answers, asked, steps }) {
    const stand = Object.entries(steps).map(([id, is]) => [id, is + (answers[id] === "on" ? "-done" : "")]);
    const left = ["open", "past"].find((state) => stand.some(([, is]) => is === state));
    const pairs = [
      ...Object.entries(facts || { answers: "none" }),
      ...gaps.map((gap) => ["gap", gap]),
      ["via", via],
      ...asked.map((name) => [name, answers[name]]),
      ...stand,
      ["left", left ?? asked.find((name) => answers[name] === "pending")],
    ];
    return ["", ...pairs.map((pair) => pair.join("="))];
  }

  /* The text for the record: what the page says (see pages/record/) of these places, each thing once. */
  function record(page, groups, here, today) {
    const told = [];
    const lines = groups.flatMap(({ word, of, at, is, key, list, most }) => {
      const holds = (place) => is.some((state) => here.includes(place + state));
      const found = page[of].filter((one) => one[at].some(holds) && !told.includes(one)).slice(0, most);
      told.push(...found);
      const said = key ? found.flatMap((one) => one[key]) : [found.length];
      return !found.length ? [] : list ? [word, ...said] : [[word, ...said].join(" ").trim()];
    });
    return lines.filter(Boolean).join("\n").replace("{today}", today);
  }

  /* What is kept by names, and what the steps here say. */
  function ticks(page, answers) {
    const here = page.steps.map(({ name, duty, title }) => [name, answers[name] || "", duty, title]);
    return [...here, ...Object.entries(answers)];
  }

  /*
   * What is kept of a case; if a changed answer led here, the ticks of the one before it by what each step says, and if
   * a further one did, those of the situation that it went on from; and, in words, the names of those that are lost.
   */
  function carried({ page, given, words }, kept, href) {
    const answers = { ...kept[given.key] };
    if (kept._to?.href !== href || !kept._said) return { answers };
    const lost = [];
    Object.values(kept._said).forEach(([name, tick, duty, title]) => {
      const here = page.steps.filter((step) => step.duty === duty);
      if (name.startsWith(given.via + "/")) here.push({ name });
      here.forEach((step) => (answers[step.name] = tick));
      if (duty && tick && !here.length) lost.push(title);
    });
    return { answers: { ...answers, lost: lost[0] && words.lost + lost.join(", ") } };
  }

  scope.rutinCaseLogic = { answer, view, ticks, carried, places, record };
})(globalThis);
