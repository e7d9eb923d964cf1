/*
 * The case at hand, on the page of a situation or a gap: boxes ticked, what has happened, and the
 * text for the record. Kept for this tab only, under the answers that led here; nothing is sent.
 */
(function () {
  "use strict";

  const KEY = "rutin.arende";
  const { objectKeeper, fill, textOf: text, today } = window.rutinCommon;
  const cases = objectKeeper("sessionStorage", KEY);

  /* Show a page's own state; `given` is { data, facts, key, told } from the navigator. */
  function open(place, given) {
    const kept = cases.all()[given.key] || {};
    place.querySelectorAll("input").forEach(function (input) {
      input.checked = kept[input.name] === input.value;
    });
    place.rutin = given;
    unfold(place);
  }

  document.addEventListener("change", function (event) {
    const place = event.target.closest("[data-end]");
    if (!place || !place.rutin || !event.target.matches("input")) return;
    const kept = {};
    place.querySelectorAll("input:checked").forEach(function (input) { kept[input.name] = input.value; });
    cases.set(place.rutin.key, kept);
    unfold(place);
  });

  document.addEventListener("click", function (event) {
    const report = event.target.closest("[data-report]");
    if (report && !report.dataset.full) {
      report.href += encodeURIComponent("\n\n" + location.href);
      report.dataset.full = "yes";
    }
    if (event.target.closest(".r-restart")) cases.clear();
    const button = event.target.closest("button");
    const place = button && button.closest("[data-end]");
    if (!place || !place.rutin) return;
    if ("open" in button.dataset) show(button.closest("[data-event]"));
    else if (button.dataset.do) DO[button.dataset.do](place);
  });

  const DO = {
    record: function (place) { copy(place, record(place)); },
    link: function (place) { copy(place, location.href); },
    print: function () { window.print(); },
    clear: function (place) {
      cases.clear();
      open(place, place.rutin);
      say(place, place.rutin.data.words.record.cleared);
    },
  };

  /* Open the steps whose event has happened, and ask for the next one only then. */
  function unfold(place) {
    const ticked = {};
    place.querySelectorAll("[type=checkbox]").forEach(function (box) { ticked[box.name] = box.checked; });
    let reached = true;
    let over = false;
    place.querySelectorAll("[data-event]").forEach(function (event) {
      const answer = value(event, "[data-asks]");
      const confirms = event.querySelector("[data-confirms]");
      const confirmed = confirms ? value(event, "[data-confirms]") : "yes";
      const happened = reached && answer === "met";
      const opens = happened && confirmed === "yes";
      event.querySelector("[data-asks]").hidden = !reached;
      if (confirms) confirms.hidden = !happened;
      const told = opens ? "open" : happened ? confirmed : reached ? answer : "";
      event.querySelectorAll("[data-told]").forEach(function (part) { part.hidden = part.dataset.told !== told; });
      left(event, ticked);
      const off = over || told === "unmet" || told === "no";
      steps(event).forEach(function (step) {
        step.hidden = !opens;
        step.classList.toggle("r-off", off);
      });
      event.querySelector("[data-closed]").hidden = opens;
      event.querySelectorAll("[data-waits]").forEach(function (part) { part.hidden = off; });
      event.querySelector("[data-off]").hidden = !off;
      const phase = event.closest(".r-phase");
      reached = opens || (happened && Boolean(phase.querySelector(".r-step:not([hidden])"))) ||
        (reached && answer === "unmet" && "goesOn" in event.dataset);
      over = over || (off && !reached);
    });
  }

  function steps(event) {
    return event.closest(".r-phase").querySelectorAll('.r-step[data-when="' + event.dataset.event + '"]');
  }

  function show(event) {
    steps(event).forEach(function (step) { step.hidden = false; });
    event.querySelector("[data-closed]").hidden = true;
  }

  /* What is still to be tried: each way whose steps are not ticked. */
  function left(event, ticked) {
    const ways = Array.from(event.querySelectorAll("[data-attempt]"));
    ways.forEach(function (way) {
      way.hidden = way.dataset.attempt.split(" ").some(function (step) { return ticked[step]; });
    });
    const some = ways.some(function (way) { return !way.hidden; });
    event.querySelectorAll("[data-left]").forEach(function (part) { part.hidden = !some; });
    event.querySelectorAll("[data-all-tried]").forEach(function (part) { part.hidden = some; });
  }

  function value(within, selector) {
    const input = within.querySelector(selector + " input:checked");
    return input ? input.value : "";
  }

  /* Answers, situation and planned steps as plain text, from what the page itself says. */
  function record(place) {
    const words = place.rutin.data.words.record;
    const routine = text(place.querySelector(".r-version"));
    const lines = [routine, fill(words.taken, { today: today() }), ""];
    section(lines, words.answers, place.rutin.answers);
    section(lines, words.events, Array.from(place.querySelectorAll("fieldset:not([hidden])"), function (asked) {
      const chosen = asked.querySelector("input:checked");
      return chosen && text(asked.querySelector("legend")) + " " + text(chosen.parentElement);
    }).filter(Boolean));
    section(lines, words.facts, Array.from(place.querySelectorAll(".r-facts div"), function (fact) {
      return text(fact.querySelector("dt")) + ": " + text(fact.querySelector("dd"));
    }));
    lines.push(words.situation + ": " + text(place.querySelector("h1")));
    place.querySelectorAll("[data-source], [data-gap-text], .r-situation > .r-gap > summary").forEach(function (part) {
      lines.push(text(part));
    });
    place.rutin.told.forEach(function (told) { lines.push(told); });
    const parts = [[words.steps, ":not([hidden])"], [words.later, "[hidden]:not(.r-off)"], [words.off, "[hidden].r-off"]];
    parts.forEach(function (part) {
      const steps = place.querySelectorAll(".r-step" + part[1]);
      if (steps.length) lines.push("", part[0]);
      steps.forEach(function (step) { lines.push(...planning(step, words)); });
    });
    return lines.join("\n") + "\n";
  }

  function planning(step, words) {
    const when = step.querySelector(":scope > .r-when");
    const note = step.querySelector(":scope > .r-note");
    const lines = [
      step.value + ". " + (when ? text(when) + " " : "") + text(step.querySelector(".r-text")),
      "   (" + text(step.querySelector(":scope > .r-cite")) + ")",
    ];
    if (note) lines.push("   " + words.note + " " + text(note));
    step.querySelectorAll(":scope > .r-frame > *, :scope > .r-gap > summary").forEach(function (also) {
      lines.push("   " + text(also));
    });
    return lines;
  }

  function section(lines, title, items) {
    if (items.length) lines.push(title, ...items.map(function (item) { return "- " + item; }), "");
  }

  /* Show what is copied in any case. */
  async function copy(place, content) {
    const words = place.rutin.data.words.record;
    place.querySelector("[data-copied]").hidden = false;
    const done = await window.rutinCommon.copy(place.querySelector("[data-text]"), content);
    say(place, done ? words.copied : words.by_hand);
  }

  function say(place, told) {
    place.querySelector("[data-done]").textContent = told;
  }

  window.rutinCase = { open, forget: cases.clear };
})();
