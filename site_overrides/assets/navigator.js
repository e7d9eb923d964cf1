/*
 * The navigator's view. The pages are the tool; this shows the next question in the same place and
 * keeps the answers in the address. Without it, every link still leads to a page of its own.
 */
(function () {
  "use strict";

  const root = new URL("../", document.currentScript.src).href;
  const html = document.documentElement;
  let data;
  let logic;
  // Before the first paint: a shared link must not flash the first question.
  if (isState(location.hash)) html.classList.add("r-pending");

  document.addEventListener("DOMContentLoaded", function () {
    data = window.rutinData;
    logic = window.rutinLogic;
    const navigator = document.querySelector("[data-navigator]");
    const end = document.querySelector("[data-end]");
    try {
      if (navigator) asking(navigator);
      else if (end && isState(location.hash)) ending(end);
    } finally {
      html.classList.remove("r-pending");
    }
  });

  /* Whether a fragment holds answers; one without is an anchor, and none of ours to read. */
  function isState(hash) {
    return /=|%3D/i.test(hash);
  }

  /* A page that asks: index.html, or the page of one question. */
  function asking(navigator) {
    const own = { node: navigator.dataset.node, facts: navigator.dataset.facts };
    const name = document.title.split(" - ").pop();

    function show(moved) {
      const given = isState(location.hash);
      const state = logic.parse(data, given ? location.hash : own.facts);
      state.at = state.ask || (given ? logic.follow(data, state.facts).at : own.node);
      if (data.ends[state.at]) {
        location.replace(address(state.at, state) + state.unknown.map((u) => "&" + u).join(""));
        return;
      }
      const question = data.questions[data.nodes[state.at].ask];
      const body = navigator.querySelector("[data-question]");
      if (moved || state.at !== own.node) body.innerHTML = question.html;
      navigator.dataset.node = state.at;
      link(body, state);
      trail(navigator, state);
      tell(navigator, state);
      if (!moved) return;
      document.title = fill(data.words.title, { question: question.text, name: name });
      body.querySelector("h1").focus({ preventScroll: true });
      if (navigator.getBoundingClientRect().top < 0) navigator.scrollIntoView();
    }

    navigator.addEventListener("click", function (event) {
      const anchor = event.target.closest("[data-option], [data-change]");
      if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (anchor.dataset.leaves) return;
      event.preventDefault();
      history.pushState(null, "", anchor.hash);
      show(true);
    });
    window.addEventListener("popstate", function () {
      if (!location.hash || isState(location.hash)) show(true);
    });
    show(false);
  }

  /* Give each option its address, and mark the one that is the answer now. */
  function link(body, state) {
    const now = logic.chosen(data, state.at, state.facts);
    body.querySelectorAll("[data-option]").forEach(function (anchor) {
      const option = logic.options(data, state.at).find((o) => o.id === anchor.dataset.option);
      const facts = logic.answer(data, state.facts, state.at, option);
      const next = logic.follow(data, facts).at;
      anchor.href = address(next, { facts: facts, gap: state.gap });
      anchor.dataset.leaves = data.ends[next] ? "yes" : "";
      if (now && now.id === option.id) anchor.setAttribute("aria-current", "true");
      else anchor.removeAttribute("aria-current");
    });
  }

  /* The other answers on the way, each with a link that asks for it again and keeps the rest. */
  function trail(place, state) {
    const nav = place.querySelector("[data-trail]");
    const others = logic.follow(data, state.facts).answers.filter((given) => given.node !== state.at);
    nav.querySelector("ol").replaceChildren(...others.map(function (given) {
      const question = data.questions[data.nodes[given.node].ask].text;
      const change = element("a", data.words.change);
      const hidden = element("span", " " + data.words.change_of + " " + question);
      const item = document.createElement("li");
      change.href = address(given.node, { facts: state.facts, gap: state.gap, ask: given.node });
      change.dataset.change = given.node;
      hidden.className = "r-hidden";
      change.append(hidden);
      item.append(element("span", given.option.short), " ", change);
      return item;
    }));
    nav.hidden = others.length === 0;
  }

  /* A page where the way ends: show the answers that led here, and carry them on. */
  function ending(end) {
    const state = logic.parse(data, location.hash);
    const way = logic.follow(data, state.facts);
    state.at = end.dataset.end;
    state.via = way.at === state.at ? way.via : null;
    tell(end, state);
    if (way.at !== state.at && way.via !== state.at) {
      say(end, data.words.elsewhere, [[data.words.elsewhere_link, address(way.at, state)]]);
      return;
    }
    trail(end, state);
    end.querySelectorAll("[data-onward]").forEach(function (anchor) {
      const on = data.ends[state.at].on;
      anchor.href = address(on, { facts: state.facts, ask: on });
    });
    end.querySelectorAll("[data-fact]").forEach(function (row) {
      const value = state.facts[row.dataset.fact];
      row.hidden = Boolean(value) && !row.dataset.values.split(" ").includes(value);
    });
    waysOn(end, state);
  }

  /* From a gap: the ways on for exactly these answers, each only once. */
  function waysOn(end, state) {
    const seen = {};
    end.querySelectorAll("[data-as]").forEach(function (anchor) {
      const as = logic.parse(data, anchor.dataset.as).facts;
      const facts = Object.assign({}, state.facts, as);
      anchor.href = address(logic.follow(data, facts).at, { facts: facts, gap: state.at });
      anchor.closest("li").hidden = Boolean(seen[anchor.dataset.as]);
      anchor.querySelector("span").hidden = true; // it names the case that the page was made for
      seen[anchor.dataset.as] = true;
    });
  }

  /* What the reader has to know about the address and the way that led here. */
  function tell(place, state) {
    place.querySelector("[data-message]").replaceChildren();
    if (state.unknown.length) {
      const kept = Object.keys(state.facts).length ? data.words.kept : data.words.none_kept;
      say(place, fill(data.words.broken, { answers: state.unknown.join(", ") }) + " " + kept, []);
    }
    if (state.gap && state.gap !== state.at) {
      const facts = Object.assign({}, state.facts, data.ends[state.gap].facts);
      say(place, data.words.from_gap, [[data.ends[state.gap].title, address(state.gap, { facts: facts })]]);
    }
    if (state.via) {
      say(place, data.words.via, [[data.ends[state.via].title, address(state.via, { facts: state.facts })]]);
    }
  }

  function say(place, text, links) {
    const line = element("p", text);
    links.forEach(function (pair) {
      const anchor = element("a", pair[0]);
      anchor.href = pair[1];
      line.append(" ", anchor);
    });
    place.querySelector("[data-message]").append(line);
  }

  function address(id, state) {
    const page = (data.nodes[id] || data.ends[id]).page;
    return root + page + "#" + logic.format(state.facts, { _fraga: state.ask, _lucka: state.gap });
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
  }
})();
