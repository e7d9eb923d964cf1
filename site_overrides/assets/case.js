/*
 * The case at hand, on the page of a situation or a gap: boxes ticked, what has happened, and what is
 * copied for the record. Kept for this tab only, under the answers that led here; nothing is sent.
 */
(function () {
  "use strict";

  const KEY = "rutin.arende";
  const { keeper, objectKeeper, copy, today } = window.rutinCommon;
  const logic = window.rutinCaseLogic;
  const cases = objectKeeper("sessionStorage", KEY);
  let now; // what is open: { place, given, words, page, state, seen }

  /* Ticks are carried along a way of answers from one end to another; whoever comes by another way begins anew. */
  function follow() {
    if (cases.all()._to?.href !== location.href) cases.set("_to");
  }

  follow();
  window.addEventListener("hashchange", follow);

  // Other tabs that keep a case which is cleared here are told of it; nothing stays on the device.
  const elsewhere = keeper("localStorage", KEY);
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== elsewhere.key || !newValue?.split(" ").some((name) => name in cases.all())) return;
    cases.clear();
    if (now) open(now.place, now.given);
  });

  function clear() {
    const cleared = Object.keys(cases.all()).filter((name) => name[0] !== "_");
    elsewhere.write(cleared.join(" "));
    elsewhere.write("");
    cases.clear();
  }

  function open(place, given) {
    const page = read(place);
    now = {
      place,
      given,
      page: window.rutinSettle?.show(place, page, given.known) ?? page,
      words: JSON.parse(place.querySelector("[data-words]").dataset.words),
    };
    render(logic.carried(now, cases.all(), location.href));
    place.querySelector("[data-message]").append(now.state.answers.lost || "");
    cases.set("_to");
    keep();
  }

  /* Also by what each step says, for when another answer leads to a page that says the same. */
  function keep() {
    cases.set(now.given.key, now.state.answers);
    cases.set("_said", logic.ticks(now.page, now.state.answers));
  }

  /* The page as the logic takes it, and each part's element. */
  function read(place) {
    const events = all(place, "[data-event]").map((part) => ({
      part,
      phase: part.closest(".r-phase"),
      asks: part.querySelector("[data-asks] input").name,
      confirms: part.querySelector("[data-confirms] input")?.name,
      goesOn: part.dataset.goesOn.split(" "),
      afterwards: "afterwards" in part.dataset,
      ways: all(part, "[data-attempt]").map((way) => way.dataset.attempt.split(" ")),
    }));
    const steps = all(place, ".r-step").map((part) => {
      const phase = part.closest(".r-phase");
      const { step: name, duty, title, when, of, if: facts, only } = part.dataset;
      const event = events.findIndex((one) => one.phase === phase && one.part.dataset.event === when);
      return { part, phase, name, duty, title, about: of?.split(" "), event, facts, only };
    });
    return { events, steps };
  }

  function render(state) {
    const seen = logic.view(now.page, state);
    Object.assign(now, { state, seen });
    inputs(now.place).forEach((input) => (input.checked = state.answers[input.name] === input.value));
    seen.steps.forEach(({ part, is }) => (part.dataset.is = is));
    all(now.place, "[data-lines]").forEach((line) => {
      const first = all(now.place, "[data-first]");
      const left = first.filter((one) => state.answers[one.dataset.first] !== "on");
      first.forEach((one) => (one.hidden = !left.includes(one)));
      line.textContent = JSON.parse(line.dataset.lines)[left.length];
    });
    all(now.place, "[data-after]").forEach((after) => {
      after.open = after.toggleAttribute("data-reached", seen.reached);
    });
    seen.events.forEach(({ part, is, told, asked, left }) => {
      const show = (selector, test) =>
        all(part, selector).forEach((one, at) => (one.hidden = !test(one, at)));
      show("fieldset", (one) => asked.includes(one.querySelector("input").name));
      show("[data-told]", (one) => one.dataset.told === told);
      show("[data-attempt]", (_, at) => left[at]);
      show("[data-left]", () => left.includes(true));
      show("[data-all-tried]", () => !left.includes(true));
      show("[data-waits]", () => is === "waiting" && !asked.length);
      show("[data-off]", () => is === "off");
    });
  }

  document.addEventListener("change", ({ target }) => {
    if (!inputs(now?.place).includes(target)) return;
    render(logic.answer(now.state, target.name, target.checked ? target.value : ""));
    keep();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest(".r-restart")) clear();
    const onward = event.target.closest(
      "[data-change], [data-option], [data-other] > a, [data-as], [data-onward]",
    );
    if (onward && (now?.place.contains(onward) || cases.all()._to)) cases.set("_to", { href: onward.href });
    const mail = event.target.closest("a[data-report]");
    if (now?.place.contains(mail)) mail.href = report(mail, encodeURIComponent);
    const button = event.target.closest("button");
    if (now?.place.contains(button)) DO[button.dataset.do]?.(button);
  });

  const DO = {
    record: () => give(record("short")),
    all: () => give(record("all")),
    link: () => give(location.href),
    report: (button) => give(report(button), button),
    print: () => window.print(),
    clear: () => {
      clear();
      open(now.place, now.given);
      tell(now.words.cleared);
    },
  };

  /* A text about a mistake: what the page says of itself, the step that was chosen, and the answers. */
  function report({ dataset }, written = String) {
    const step = now.place.querySelector("[data-about]").value;
    return dataset.report + written([step && "\n\n" + step, location.href].join("\n\n"));
  }

  function record(groups) {
    const { place, given, seen, state } = now;
    const page = JSON.parse(place.querySelector("[data-record]").dataset.record);
    const here = logic.places({
      ...given,
      answers: state.answers,
      asked: seen.events.flatMap(({ asked }) => asked),
      steps: {
        ...page.before[given.via],
        ...Object.fromEntries(seen.steps.map(({ name, stands }) => [name, stands])),
      },
    });
    return logic.record(page, page[groups], here, today()) + (state.answers.lost || "");
  }

  async function give(text, button) {
    now.place.querySelector("[data-copied]").hidden = false;
    const copied = await copy(now.place.querySelector("[data-text]"), text);
    tell(copied ? now.words.copied : now.words.by_hand);
    if (copied && button) button.textContent = now.words.copied;
  }

  function tell(text) {
    now.place.querySelector("[data-done]").textContent = text;
  }

  /* What is kept of the case: not one's own unit. */
  function inputs(place) {
    return place ? all(place, "input:not([data-unit-choice])") : [];
  }

  function all(within, selector) {
    return [...within.querySelectorAll(selector)];
  }

  window.rutinCase = { open, forget: cases.clear };
})();
