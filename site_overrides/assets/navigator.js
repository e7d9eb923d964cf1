/*
 * The navigator's view. The pages are the tool; this shows the next question in the same place and
 * keeps the answers in the address. Without it, every link still leads to a page of its own.
 */
(function () {
  "use strict";

  const root = new URL("../", document.currentScript.src).href;
  const html = document.documentElement;
  // Before the first paint: a shared link must not flash the first question.
  if (location.hash.includes("=")) html.classList.add("r-pending");

  document.addEventListener("DOMContentLoaded", function () {
    try {
      start(window.rutinData, window.rutinLogic);
    } finally {
      html.classList.remove("r-pending");
    }
  });

  function start(data, logic) {
    const navigator = document.querySelector("[data-navigator]");
    const end = document.querySelector("[data-end]");
    if (navigator) questions(data, logic, navigator);
    else if (end) ending(data, logic, end);
  }

  /* A page that asks: index.html, or the page of one question. */
  function questions(data, logic, navigator) {
    const own = { node: navigator.dataset.node, facts: navigator.dataset.facts };
    const name = document.title.split(" - ").pop();
    let state;

    function read() {
      const given = location.hash.includes("=") ? location.hash : "";
      state = logic.parse(data, given || own.facts);
      state.at = state.ask || (given ? logic.follow(data, state.facts).at : own.node);
    }

    function show(moved) {
      read();
      if (data.ends[state.at]) {
        location.replace(pageOf(data, state.at) + "#" + logic.format(state.facts));
        return;
      }
      const question = data.questions[data.nodes[state.at].ask];
      const body = navigator.querySelector("[data-question]");
      if (moved || state.at !== own.node) body.innerHTML = question.html;
      navigator.dataset.node = state.at;
      link(data, logic, body, state);
      trail(data, logic, navigator, state);
      tellUnknown(data, navigator, state);
      if (!moved) return;
      document.title = fill(data.words.title, { question: question.text, name: name });
      const heading = body.querySelector("h1");
      heading.focus({ preventScroll: true });
      if (navigator.getBoundingClientRect().top < 0) navigator.scrollIntoView();
    }

    navigator.addEventListener("click", function (event) {
      const anchor = event.target.closest("[data-option], [data-change]");
      if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (anchor.dataset.leaves) return;
      event.preventDefault();
      history.pushState(null, "", "#" + anchor.hash.replace(/^#/, ""));
      show(true);
    });
    window.addEventListener("popstate", function () { show(true); });
    show(false);
  }

  /* Give each option its address, and mark the one that is the answer now. */
  function link(data, logic, body, state) {
    const now = logic.chosen(data, state.at, state.facts);
    body.querySelectorAll("[data-option]").forEach(function (anchor) {
      const option = logic.options(data, state.at).find(function (o) {
        return o.id === anchor.dataset.option;
      });
      const facts = logic.answer(data, state.facts, state.at, option);
      const next = logic.follow(data, facts).at;
      anchor.href = pageOf(data, next) + "#" + logic.format(facts);
      anchor.dataset.leaves = data.ends[next] ? "yes" : "";
      if (now && now.id === option.id) anchor.setAttribute("aria-current", "true");
      else anchor.removeAttribute("aria-current");
    });
  }

  /* The answers given, each with a link that asks for it again and keeps the others. */
  function trail(data, logic, place, state) {
    const nav = place.querySelector("[data-trail]");
    const list = nav.querySelector("ol");
    const way = logic.follow(data, state.facts);
    const shown = before(way.answers, state.at);
    list.replaceChildren.apply(list, shown.map(function (given) {
      const item = document.createElement("li");
      const answered = document.createElement("span");
      const change = document.createElement("a");
      const hidden = document.createElement("span");
      const question = data.questions[data.nodes[given.node].ask].text;
      answered.textContent = given.option.short;
      change.href = pageOf(data, given.node) + "#" + logic.format(state.facts, given.node);
      change.dataset.change = given.node;
      change.textContent = data.words.change;
      hidden.className = "r-hidden";
      hidden.textContent = " " + data.words.change_of + " " + question;
      change.append(hidden);
      item.append(answered, " ", change);
      return item;
    }));
    nav.hidden = shown.length === 0;
  }

  /* While a question is asked again, the trail shows what was answered before it and after it. */
  function before(answers, at) {
    return answers.filter(function (given) { return given.node !== at; });
  }

  /* A page where the way ends: show the answers that led here, and carry them on. */
  function ending(data, logic, end) {
    if (!location.hash.includes("=")) return;
    const state = logic.parse(data, location.hash);
    const way = logic.follow(data, state.facts);
    state.at = end.dataset.end;
    tellUnknown(data, end, state);
    if (way.at !== state.at && way.via !== state.at) {
      tellElsewhere(data, logic, end, state, way);
      return;
    }
    trail(data, logic, end, state);
    end.querySelectorAll("[data-onward]").forEach(function (anchor) {
      const on = data.ends[state.at].on;
      anchor.href = pageOf(data, on) + "#" + logic.format(state.facts, on);
    });
    waysOn(data, logic, end, state);
  }

  /* From a gap: the ways on for exactly these answers, each only once. */
  function waysOn(data, logic, end, state) {
    const seen = {};
    end.querySelectorAll("[data-as]").forEach(function (anchor) {
      const changed = Object.assign({}, state.facts, logic.parse(data, anchor.dataset.as).facts);
      const next = logic.follow(data, changed).at;
      anchor.href = pageOf(data, next) + "#" + logic.format(changed);
      anchor.closest("li").hidden = Boolean(seen[anchor.dataset.as]);
      const more = anchor.querySelector("span");
      if (more) more.hidden = true;
      seen[anchor.dataset.as] = true;
    });
  }

  function tellUnknown(data, place, state) {
    const message = place.querySelector("[data-message]");
    message.textContent = state.unknown.length
      ? fill(data.words.broken, { answers: state.unknown.join(", ") })
      : "";
  }

  function tellElsewhere(data, logic, place, state, way) {
    const message = place.querySelector("[data-message]");
    const anchor = document.createElement("a");
    anchor.href = pageOf(data, way.at) + "#" + logic.format(state.facts);
    anchor.textContent = data.words.elsewhere_link;
    message.append(message.textContent ? " " : "", data.words.elsewhere, " ", anchor);
  }

  function pageOf(data, id) {
    return root + (data.nodes[id] || data.ends[id]).page;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
})();
