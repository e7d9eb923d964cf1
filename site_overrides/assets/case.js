/*
 * The case at hand, on the page of a situation or a gap: boxes ticked, what has happened, and what is
 * copied for the record. Kept for this tab only, under the answers that led here; nothing is sent.
 */
(function () {
  "use strict";

  const KEY = "rutin.arende";
  const { objectKeeper, copy, today } = window.rutinCommon;
  const logic = window.rutinCaseLogic;
  const cases = objectKeeper("sessionStorage", KEY);
  let now; // what is open: { place, given, words, page, state, seen }

  function open(place, given) {
    now = {
      place,
      given,
      page: read(place),
      words: JSON.parse(place.querySelector("[data-words]").dataset.words),
    };
    render({ answers: cases.all()[given.key] || {}, shown: [] });
  }

  /* The page as the logic takes it, and each part's element. */
  function read(place) {
    const events = all(place, "[data-event]").map((part) => ({
      part,
      phase: part.closest(".r-phase"),
      asks: part.querySelector("[data-asks] input").name,
      confirms: part.querySelector("[data-confirms] input")?.name,
      goesOn: "goesOn" in part.dataset,
      ways: all(part, "[data-attempt]").map((way) => way.dataset.attempt.split(" ")),
    }));
    const steps = all(place, ".r-step").map((part) => {
      const phase = part.closest(".r-phase");
      const opens = (event) => event.phase === phase && event.part.dataset.event === part.dataset.when;
      return { part, phase, event: events.findIndex(opens) };
    });
    return { events, steps };
  }

  function render(state) {
    const seen = logic.view(now.page, state);
    Object.assign(now, { state, seen });
    all(now.place, "input").forEach((input) => (input.checked = state.answers[input.name] === input.value));
    seen.steps.forEach(({ part, is }) => (part.hidden = is !== "open"));
    seen.events.forEach(({ part, is, told, asked, left, shown }) => {
      const show = (selector, test) =>
        all(part, selector).forEach((one, at) => (one.hidden = !test(one, at)));
      show("fieldset", (one) => asked.includes(one.querySelector("input").name));
      show("[data-told]", (one) => one.dataset.told === told);
      show("[data-attempt]", (_, at) => left[at]);
      show("[data-left]", () => left.includes(true));
      show("[data-all-tried]", () => !left.includes(true));
      show("[data-closed]", () => !shown);
      show("[data-waits]", () => is !== "off");
      show("[data-off]", () => is === "off");
    });
  }

  document.addEventListener("change", ({ target }) => {
    if (!now?.place.contains(target) || !target.matches("input")) return;
    render(logic.answer(now.state, target.name, target.checked ? target.value : undefined));
    cases.set(now.given.key, now.state.answers);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".r-restart")) cases.clear();
    const button = event.target.closest("button");
    if (!now?.place.contains(button)) return;
    const at = now.seen.events.findIndex(({ part }) => part.contains(button));
    if (at >= 0) render(logic.show(now.state, at));
    else DO[button.dataset.do]?.();
  });

  const DO = {
    record: () => give(record("short")),
    all: () => give(record("all")),
    link: () => give(location.href),
    print: () => window.print(),
    clear: () => {
      cases.clear();
      open(now.place, now.given);
      tell(now.words.cleared);
    },
  };

  function record(groups) {
    const { place, given, seen, state } = now;
    const page = JSON.parse(place.querySelector("[data-record]").dataset.record);
    const is = ({ event }) => (event < 0 ? "open" : seen.events[event].is);
    const here = logic.places({
      ...given,
      answers: state.answers,
      asked: seen.events.flatMap(({ asked }) => asked).filter(Boolean),
      steps: Object.fromEntries(seen.steps.map((step) => [step.part.dataset.step, is(step)])),
    });
    return logic.record(page, page[groups], here, today());
  }

  async function give(text) {
    now.place.querySelector("[data-copied]").hidden = false;
    tell((await copy(now.place.querySelector("[data-text]"), text)) ? now.words.copied : now.words.by_hand);
  }

  function tell(text) {
    now.place.querySelector("[data-done]").textContent = text;
  }

  function all(within, selector) {
    return [...within.querySelectorAll(selector)];
  }

  window.rutinCase = { open, forget: cases.clear };
})();
