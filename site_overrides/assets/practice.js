/*
 * Practice: makes a form of each exercise on the page, one after the other, and tells at once what is
 * right, why and where it stands. What was answered is kept for this tab only; nothing is sent.
 */
(function () {
  "use strict";

  const { objectKeeper, fill } = window.rutinCommon;
  const logic = window.rutinPracticeLogic;
  const kept = objectKeeper("sessionStorage", "rutin.ovning");
  const page = document.querySelector("[data-practice]");
  if (!page) return;
  const choice = page.querySelector("[data-unit-choice]");
  let unit = "";
  // Each is { place, result, name, exercises, given, seen }; an exercise is what the logic takes, and its elements.
  const rounds = all(page, "[data-round]").map(begin);
  index();

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button[data-do]");
    if (button) act(button.dataset.do, button);
  });
  // Enter in a group of choices answers, as in any form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-exercise] input")) return;
    event.preventDefault();
    act("answer", event.target);
  });
  document.addEventListener("DOMContentLoaded", heed);
  window.addEventListener("change", heed);
  window.addEventListener("storage", heed);

  /* One's own unit may leave a round with nothing more to ask, or open one that was done; page.js has set it before. */
  function heed() {
    if (!choice || choice.value === unit) return;
    unit = choice.value;
    rounds.forEach(show);
  }

  function act(what, target) {
    const holds = ({ place }) => place.contains(target);
    const round = rounds.find(holds);
    if (round) DO[what](round, round.exercises.find(holds));
  }

  const DO = {
    answer(round, exercise) {
      const chosen = exercise.group.querySelector("input:checked");
      if (!chosen) return say(exercise, "none");
      round.given = { ...round.given, [exercise.id]: chosen.value };
      judge(exercise, chosen.value);
      keep(round);
      const next = exercise.place.querySelector("[data-do=next]");
      if (!view(round).open) next.textContent = next.dataset.last;
      next.focus({ preventScroll: true });
      exercise.place.querySelector("[data-verdict]").scrollIntoView({ block: "nearest" });
    },
    next(round) {
      show(round);
      reach(round);
    },
    again(round) {
      round.given = {};
      round.exercises.forEach((exercise) => {
        judge(exercise);
        shuffle(exercise);
      });
      keep(round);
      show(round);
      reach(round);
    },
    copy,
    print({ place }) {
      page.classList.add("r-only-result");
      place.classList.add("r-chosen");
      window.print();
      place.classList.remove("r-chosen");
      page.classList.remove("r-only-result");
    },
  };

  function all(within, selector) {
    return [...within.querySelectorAll(selector)];
  }

  function part(name) {
    return page.querySelector("template" + name).content.firstElementChild.cloneNode(true);
  }

  function view({ exercises, given }) {
    return logic.view(exercises, given, unit);
  }

  /* Take up a round where it was left. */
  function begin(place, at) {
    const exercises = all(place, "[data-exercise]").map(build);
    const result = part("[data-practice-result]");
    const heading = result.querySelector("h2");
    heading.id = "resultat-" + at;
    result.setAttribute("aria-labelledby", heading.id);
    place.prepend(part("[data-practice-progress]"));
    place.append(result);
    const name = place.dataset.round;
    const given = logic.known(exercises, kept.all()[name]?.given);
    const round = { place, result, name, exercises, given };
    exercises.forEach((exercise) => judge(exercise, given[exercise.id]));
    show(round);
    return round;
  }

  /* The list becomes a group of choices; the folded answer gives what is told afterwards. */
  function build(place) {
    const { exercise: id, for: units } = place.dataset;
    const group = document.createElement("fieldset");
    group.setAttribute("aria-labelledby", place.querySelector(".r-exercise__prompt").id);
    const choices = all(place, "[data-choice]").map(({ dataset, textContent }) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = id;
      input.value = dataset.choice;
      input.autocomplete = "off";
      label.append(input, " " + textContent);
      group.append(label);
      return dataset.choice;
    });
    const right = place.querySelector("[data-right]").dataset.choice;
    const told = place.querySelector("[data-told]");
    place.querySelector(".r-choices").replaceWith(group);
    place.querySelector(".r-answer").replaceWith(...part("[data-practice-parts]").children);
    return { place, group, told, id, units: units.split(" "), right, choices };
  }

  /* Show an exercise as it was answered, or as one that was not. */
  function judge(exercise, value) {
    const { place, group, told, right } = exercise;
    const answered = Boolean(value);
    group.disabled = answered;
    group.querySelectorAll("label").forEach((label) => {
      const own = label.firstChild.value;
      label.firstChild.checked = own === value;
      label.classList.toggle("r-is-right", answered && own === right);
      label.classList.toggle("r-is-wrong", own === value && own !== right);
    });
    say(exercise, answered && (value === right ? "right" : "wrong"));
    place.querySelector("[data-why]").replaceChildren(...(answered ? [why(told, value)] : []));
    place.querySelector("[data-do=answer]").hidden = answered;
    place.querySelector("[data-do=next]").hidden = !answered;
  }

  /* First what was chosen; the others stay where they are to be read. */
  function why(told, value) {
    const copied = told.cloneNode(true);
    const own = all(copied, "[data-of]").find(({ dataset }) => dataset.of === value);
    own?.parentElement.prepend(own);
    return copied;
  }

  function shuffle({ group }) {
    const labels = [...group.children];
    for (let at = labels.length - 1; at > 0; at--) {
      const other = Math.floor(Math.random() * (at + 1));
      [labels[at], labels[other]] = [labels[other], labels[at]];
    }
    group.append(...labels);
  }

  function say({ place }, told) {
    all(place, "[data-say]").forEach((p) => (p.hidden = p.dataset.say !== told));
  }

  function show(round) {
    const { place, result, exercises } = round;
    const { asked, open, shown, done } = (round.seen = view(round));
    exercises.forEach((exercise) => (exercise.place.hidden = !shown.includes(exercise)));
    const progress = place.querySelector("[data-progress]");
    const values = { number: asked.indexOf(open) + 1, all: asked.length };
    progress.hidden = !open;
    progress.textContent = fill(progress.dataset.progress, values);
    result.hidden = !done;
    const folded = place.closest(".r-round");
    if (folded) folded.hidden = !asked.length;
    if (done) tell(round);
  }

  function tell({ place, result, name, seen: { asked, wrong } }) {
    const count = result.querySelector("[data-count]");
    const values = { title: place.dataset.title, right: asked.length - wrong.length, all: asked.length };
    count.textContent = fill(count.dataset.count, values);
    const items = reread(wrong).map((link) => {
      const item = document.createElement("li");
      item.append(link.cloneNode(true));
      return item;
    });
    result.querySelector("[data-reread] ul").replaceChildren(...items);
    result.querySelector("[data-reread]").hidden = !wrong.length;
    result.querySelector("[data-none]").hidden = wrong.length > 0;
    const told = { told: count.textContent, page: location.href.split("#")[0] };
    kept.set(name, { ...kept.all()[name], ...told });
  }

  /* The places to read again, each once. */
  function reread(wrong) {
    const links = wrong.map(({ told }) => told.querySelector(".r-place a"));
    return Object.values(Object.fromEntries(links.map((link) => [link.href, link])));
  }

  /* On the first page: which rounds are done in this tab. */
  function index() {
    const place = page.querySelector("[data-practised]");
    if (!place) return;
    Object.entries(kept.all()).forEach(([key, { told }]) => {
      if (!told || typeof told !== "string") return;
      const item = document.createElement("li");
      item.textContent = told;
      place.querySelector("[data-rounds]").append(item);
      place.hidden = false;
      const seen = page.querySelector('[data-seen="' + CSS.escape(key) + '"]');
      if (seen) seen.hidden = false;
    });
  }

  function keep({ name, given }) {
    kept.set(name, { given });
  }

  function textOf(element) {
    const copied = element.cloneNode(true);
    copied.querySelectorAll(".r-paper").forEach((left) => left.remove());
    return copied.textContent.replace(/\s+/g, " ").trim();
  }

  async function copy({ result, seen: { wrong } }) {
    const done = result.querySelector("[data-done]");
    const links = reread(wrong).map((link) => "- " + textOf(link) + " " + link.href);
    const told = result.querySelector(wrong.length ? "[data-reread] p" : "[data-none]");
    const said = [page.querySelector("h1"), result.querySelector("[data-count]"), told].map(textOf);
    const lines = [...said, ...links, textOf(page.querySelector(".r-version")), ""];
    result.querySelector("[data-copied-text]").hidden = false;
    const copied = await window.rutinCommon.copy(result.querySelector("textarea"), lines.join("\n"));
    done.textContent = copied ? done.dataset.copied : done.dataset.byHand;
  }

  /* Go to the question that is open, with the case above it if there is room for both, or to the result. */
  function reach({ place, result, seen: { open } }) {
    const target = open ? open.place.querySelector(".r-exercise__prompt") : result;
    const before = place.previousElementSibling;
    const whole = before && before.getBoundingClientRect();
    const fits =
      open && whole && open.place.getBoundingClientRect().bottom - whole.top < window.innerHeight - 100;
    target.focus({ preventScroll: true });
    (fits ? before : target).scrollIntoView({ block: "start" });
  }
})();
