/*
 * Practice: makes a form of each exercise on the page, one after the other, and tells at once what is
 * right, why and where it stands. What was answered is kept for this tab only; nothing is sent.
 */
(function () {
  "use strict";

  const KEY = "rutin.ovning";
  const { objectKeeper, fill } = window.rutinCommon;
  const kept = objectKeeper("sessionStorage", KEY);
  const page = document.querySelector("[data-practice]");
  if (!page) return;
  const rounds = Array.from(page.querySelectorAll("[data-round]"));

  rounds.forEach((round) => {
    exercises(round).forEach(build);
    round.prepend(part("[data-practice-progress]"));
    const result = part("[data-practice-result]");
    result.hidden = true;
    const heading = result.querySelector("h2");
    heading.id = "resultat-" + rounds.indexOf(round);
    result.setAttribute("aria-labelledby", heading.id);
    round.append(result);
    restore(round);
  });
  index();

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    const round = button && button.closest("[data-round]");
    if (round) DO[button.dataset.do](round, button.closest("[data-exercise]"));
  });
  // The choice of a unit may leave a round with nothing more to ask, or open one that was done.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-unit-choice]")) rounds.forEach(show);
  });
  // Enter in a group of choices answers, as in any form.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("[data-exercise] input")) return;
    event.preventDefault();
    const exercise = event.target.closest("[data-exercise]");
    DO.answer(exercise.closest("[data-round]"), exercise);
  });

  const DO = {
    answer(round, exercise) {
      const chosen = exercise.querySelector("input:checked");
      if (!chosen) return say(exercise, "none");
      judge(exercise, chosen.value);
      keep(round);
      const next = exercise.querySelector("[data-do=next]");
      if (
        asked(round).every((e) => {
          return e.dataset.was;
        })
      )
        next.textContent = next.dataset.last;
      next.focus({ preventScroll: true });
      exercise.querySelector("[data-verdict]").scrollIntoView({ block: "nearest" });
    },
    next(round) {
      show(round);
      reach(round);
    },
    again(round) {
      exercises(round).forEach((exercise) => {
        reset(exercise);
        shuffle(exercise);
      });
      keep(round);
      show(round);
      reach(round);
    },
    copy,
    print(round) {
      round.closest(".r-page").classList.add("r-only-result");
      round.classList.add("r-chosen");
      window.print();
      round.classList.remove("r-chosen");
      round.closest(".r-page").classList.remove("r-only-result");
    },
  };

  function part(name) {
    return page.querySelector("template" + name).content.firstElementChild.cloneNode(true);
  }

  function exercises(round) {
    return Array.from(round.querySelectorAll("[data-exercise]"));
  }

  /* The exercises of a round that are asked: on some pages only those about one's own unit. */
  function asked(round) {
    const filtered = page.classList.contains("r-ova--filtered");
    return exercises(round).filter((e) => {
      return !filtered || !e.classList.contains("r-others");
    });
  }

  /* The list becomes a group of choices; the folded answer gives what is told afterwards. */
  function build(exercise) {
    const prompt = exercise.querySelector(".r-exercise__prompt");
    const group = document.createElement("fieldset");
    group.setAttribute("aria-labelledby", prompt.id);
    exercise.querySelectorAll("[data-choice]").forEach((choice) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      input.type = "radio";
      input.name = exercise.dataset.exercise;
      input.value = choice.dataset.choice;
      input.autocomplete = "off";
      label.append(input, " " + choice.textContent);
      group.append(label);
      if ("right" in choice.dataset) group.dataset.right = choice.dataset.choice;
    });
    const list = exercise.querySelector(".r-choices");
    const answer = exercise.querySelector(".r-answer");
    exercise.told = answer.querySelector("[data-told]");
    list.replaceWith(group);
    const controls = part("[data-practice-parts]");
    answer.replaceWith(...controls.children);
  }

  function judge(exercise, value) {
    const group = exercise.querySelector("fieldset");
    const right = value === group.dataset.right;
    group.disabled = true;
    group.querySelectorAll("label").forEach((label) => {
      const own = label.firstChild.value;
      label.firstChild.checked = own === value;
      label.classList.toggle("r-is-right", own === group.dataset.right);
      label.classList.toggle("r-is-wrong", own === value && !right);
    });
    exercise.dataset.given = value;
    exercise.dataset.was = right ? "right" : "wrong";
    const told = exercise.told.cloneNode(true);
    // First what was chosen; the others stay where they are to be read.
    const own = Array.from(told.querySelectorAll("[data-of]")).find((li) => {
      return li.dataset.of === value;
    });
    if (own) own.parentElement.prepend(own);
    say(exercise, right ? "right" : "wrong");
    exercise.querySelector("[data-why]").replaceChildren(told);
    exercise.querySelector("[data-do=answer]").hidden = true;
    exercise.querySelector("[data-do=next]").hidden = false;
  }

  function reset(exercise) {
    const group = exercise.querySelector("fieldset");
    group.disabled = false;
    group.querySelectorAll("label").forEach((label) => {
      label.className = "";
      label.firstChild.checked = false;
    });
    delete exercise.dataset.given;
    delete exercise.dataset.was;
    say(exercise, "");
    exercise.querySelector("[data-why]").replaceChildren();
    exercise.querySelector("[data-do=answer]").hidden = false;
    exercise.querySelector("[data-do=next]").hidden = true;
  }

  function shuffle(exercise) {
    const group = exercise.querySelector("fieldset");
    const labels = Array.from(group.children);
    for (let at = labels.length - 1; at > 0; at--) {
      const other = Math.floor(Math.random() * (at + 1));
      [labels[at], labels[other]] = [labels[other], labels[at]];
    }
    group.append(...labels);
  }

  function say(exercise, told) {
    exercise.querySelectorAll("[data-say]").forEach((p) => {
      p.hidden = p.dataset.say !== told;
    });
  }

  /* One question at a time; at the end all of them to look back at, and the result. */
  function show(round) {
    const all = asked(round);
    const open = all.findIndex((e) => {
      return !e.dataset.was;
    });
    exercises(round).forEach((e) => {
      const at = all.indexOf(e);
      e.hidden = at < 0 || (open >= 0 && at !== open);
    });
    const done = all.length > 0 && open < 0;
    const progress = round.querySelector("[data-progress]");
    progress.hidden = open < 0;
    progress.textContent = fill(progress.dataset.progress, { number: open + 1, all: all.length });
    round.querySelector(".r-result").hidden = !done;
    const folded = round.closest(".r-round");
    if (folded) folded.hidden = !all.length;
    if (done) tell(round, all);
  }

  function tell(round, all) {
    const result = round.querySelector(".r-result");
    const wrong = all.filter((e) => {
      return e.dataset.was === "wrong";
    });
    const count = result.querySelector("[data-count]");
    const values = { title: round.dataset.title, right: all.length - wrong.length, all: all.length };
    count.textContent = fill(count.dataset.count, values);
    const links = {};
    wrong.forEach((e) => {
      const link = e.told.querySelector(".r-place a");
      links[link.href] = link;
    });
    const list = result.querySelector("[data-reread] ul");
    list.replaceChildren(
      ...Object.values(links).map((link) => {
        const item = document.createElement("li");
        item.append(link.cloneNode(true));
        return item;
      }),
    );
    result.querySelector("[data-reread]").hidden = !wrong.length;
    result.querySelector("[data-none]").hidden = Boolean(wrong.length);
    const told = { told: count.textContent, page: location.href.split("#")[0] };
    kept.set(round.dataset.round, { ...kept.all()[round.dataset.round], ...told });
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

  function keep(round) {
    const given = {};
    exercises(round).forEach((e) => {
      if (e.dataset.given) given[e.dataset.exercise] = e.dataset.given;
    });
    kept.set(round.dataset.round, { given });
  }

  /* Take up a round where it was left; an answer that is no longer among the choices is asked again. */
  function restore(round) {
    const given = (kept.all()[round.dataset.round] || {}).given || {};
    exercises(round).forEach((e) => {
      const value = given[e.dataset.exercise];
      const known = Array.from(e.querySelectorAll("input")).some((i) => {
        return i.value === value;
      });
      if (known) judge(e, value);
    });
    show(round);
  }

  function textOf(element) {
    const copied = element.cloneNode(true);
    copied.querySelectorAll(".r-paper").forEach((left) => left.remove());
    return copied.textContent.replace(/\s+/g, " ").trim();
  }

  async function copy(round) {
    const result = round.querySelector(".r-result");
    const done = result.querySelector("[data-done]");
    const field = result.querySelector("textarea");
    const lines = [textOf(page.querySelector("h1")), textOf(result.querySelector("[data-count]"))];
    const wrong = result.querySelector("[data-reread]");
    if (wrong.hidden) lines.push(textOf(result.querySelector("[data-none]")));
    else
      lines.push(
        textOf(wrong.querySelector("p")),
        ...Array.from(wrong.querySelectorAll("a"), (link) => {
          return "- " + textOf(link) + " " + link.href;
        }),
      );
    lines.push(textOf(page.querySelector(".r-version")), "");
    result.querySelector("[data-copied-text]").hidden = false;
    const copied = await window.rutinCommon.copy(field, lines.join("\n"));
    done.textContent = copied ? done.dataset.copied : done.dataset.byHand;
  }

  /* Go to the question that is open, with the case above it if there is room for both, or to the result. */
  function reach(round) {
    const open = asked(round).find((e) => {
      return !e.hidden && !e.dataset.was;
    });
    const place = open ? open.querySelector(".r-exercise__prompt") : round.querySelector(".r-result");
    const before = round.previousElementSibling;
    const whole = before && before.getBoundingClientRect();
    const fits = open && whole && open.getBoundingClientRect().bottom - whole.top < window.innerHeight - 100;
    place.focus({ preventScroll: true });
    (fits ? before : place).scrollIntoView({ block: "start" });
  }
})();
