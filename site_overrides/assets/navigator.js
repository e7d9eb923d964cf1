/*
 * The navigator's view. The pages are the tool; this shows the next question in the same place and
 * keeps the answers in the address. Without it, every link still leads to a page of its own.
 * In the single file the pages are sheets, and sheets.js says where they are.
 */
(function () {
  "use strict";

  const sheets = window.rutinSheets;
  const root = sheets ? "" : new URL("../", document.currentScript.src).href;
  const html = document.documentElement;
  let data;
  let logic;
  // Before the first paint: a shared link must not flash the first question.
  if (isState(location.hash)) html.classList.add("r-pending");

  document.addEventListener("DOMContentLoaded", function () {
    data = window.rutinData;
    logic = window.rutinLogic;
    whole(function () {
      try {
        if (sheets) sheets.start(page, data.words);
        else page(document);
      } finally {
        html.classList.remove("r-pending");
      }
    });
  });

  /* Go on when the data for this address is here; of a large tree it comes in parts. */
  function whole(then) {
    if (window.rutinParts) window.rutinParts.whole(then);
    else then();
  }

  /* Whether a fragment holds answers; one without is an anchor, and none of ours to read. */
  function isState(hash) {
    return /=|%3D/i.test(hash.replace(/_utskrift=[^&]*/, "")); // a print's link holds no answers
  }

  /* The part of the address that holds answers. */
  function fragment() {
    return sheets ? sheets.fragment() : location.hash;
  }

  function page(place) {
    const asks = place.querySelector("[data-navigator]");
    const unsure = place.querySelector("[data-unsure]");
    const end = place.querySelector("[data-end]");
    if (asks) asking(asks);
    else if (unsure) doubting(unsure);
    else if (end) ending(end);
  }

  /* A page that asks: index.html, or the page of one question. */
  function asking(navigator) {
    const own = { node: navigator.dataset.node, facts: navigator.dataset.facts };
    const name = document.title.split(" - ").pop();

    function show(moved) {
      const given = isState(fragment());
      const state = logic.parse(data, given ? fragment() : own.facts);
      state.at = state.ask || (given ? logic.follow(data, state.facts).at : own.node);
      const elsewhere = sheets ? state.at !== own.node : data.ends[state.at];
      if (elsewhere) {
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
      if (!given && !sheets && state.at === data.start && arrived()) window.rutinCase.forget();
      if (!moved) return;
      document.title = fill(data.words.title, { question: question.text, name: name });
      body.querySelector("h1").focus({ preventScroll: true });
      if (navigator.getBoundingClientRect().top < 0) navigator.scrollIntoView();
    }

    if (!sheets) inPlace(navigator, show);
    show(false);
  }

  /* On the site, the next question takes the place of this one. */
  function inPlace(navigator, show) {
    navigator.addEventListener("click", function (event) {
      const anchor = event.target.closest("[data-option], [data-change]");
      if (!anchor || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (data.ends[anchor.dataset.next]) return;
      try {
        history.pushState(null, "", anchor.hash);
      } catch {
        return; // forbidden in some frames; then the link is one like any other
      }
      event.preventDefault();
      show(true);
    });
    window.addEventListener("popstate", function () {
      if (!location.hash || isState(location.hash)) whole(() => show(true));
    });
  }

  /* Whether the reader came here by a link or by opening it, and not by going back. */
  function arrived() {
    const entry = performance.getEntriesByType("navigation")[0];
    return !entry || entry.type === "navigate";
  }

  /* Give each option its address, and mark the one that is the answer now. */
  function link(body, state) {
    const now = logic.chosen(data, state.at, state.facts);
    body.querySelectorAll("[data-option]").forEach(function (anchor) {
      const option = logic.options(data, state.at).find((o) => o.id === anchor.dataset.option);
      const facts = logic.answer(data, state.facts, state.at, option);
      const next = logic.follow(data, facts).at;
      anchor.href = address(next, { facts: facts, gap: state.gap });
      anchor.dataset.next = next;
      if (now && now.id === option.id) anchor.setAttribute("aria-current", "true");
      else anchor.removeAttribute("aria-current");
    });
    const unsure = body.querySelector("[data-unsure-link]");
    if (unsure) unsure.href = to(data.nodes[state.at].unsure, { facts: state.facts, gap: state.gap });
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

  /* The page for who does not know an answer: carry the others on, and come back to the question. */
  function doubting(unsure) {
    if (!isState(fragment())) return;
    const state = logic.parse(data, fragment());
    state.at = unsure.dataset.unsure;
    state.via = logic.follow(data, state.facts).via;
    link(unsure, state);
    trail(unsure, state);
    tell(unsure, state);
    unsure.querySelector("[data-back]").href = address(state.at, { facts: state.facts, gap: state.gap, ask: state.at });
  }

  /* A page where the way ends: show the answers that led here, and carry them on. */
  function ending(end) {
    const state = logic.parse(data, isState(fragment()) ? fragment() : "");
    const way = logic.follow(data, state.facts);
    state.at = end.dataset.end;
    state.via = way.at === state.at ? way.via : null;
    const led = way.at === state.at || way.via === state.at;
    if (isState(fragment())) {
      tell(end, state);
      if (led) arriving(end, state, way);
      else say(end, data.words.elsewhere, [[data.words.elsewhere_link, address(way.at, state)]]);
    }
    window.rutinCase.open(end, {
      data: data,
      key: state.at + "?" + logic.format(state.facts, {}),
      answers: led ? way.answers.map((given) => asked(given) + " " + given.option.short) : [],
      told: Array.from(end.querySelectorAll("[data-message] p"), (line) => line.textContent),
    });
  }

  function arriving(end, state, way) {
    trail(end, state);
    end.querySelectorAll("[data-onward]").forEach(function (anchor) {
      const on = data.ends[state.at].on;
      anchor.href = address(on, { facts: state.facts, ask: on });
    });
    end.querySelectorAll("[data-fact]").forEach(function (row) {
      const value = state.facts[row.dataset.fact];
      row.hidden = Boolean(value) && !row.dataset.values.split(" ").includes(value);
    });
    why(end, state, way);
    waysOn(end, state);
  }

  /* Why this page: the answers given, and for each the others, with the rest of these answers kept. */
  function why(end, state, way) {
    const list = end.querySelector("[data-reasons]");
    if (!list) return;
    const rows = Array.from(list.children);
    rows.forEach((row) => { row.hidden = true; });
    way.answers.forEach(function (given) {
      const row = rows.find((r) => r.dataset.reason === data.nodes[given.node].ask + "/" + given.option.id) ||
        element("li", asked(given) + " " + given.option.short);
      row.hidden = false;
      list.append(row);
      row.querySelectorAll("[data-other]").forEach(function (other) {
        const option = logic.options(data, given.node).find((o) => o.id === other.dataset.other);
        const facts = Object.assign({}, state.facts, option.facts);
        other.querySelector("a").href = address(logic.follow(data, facts).at, { facts: facts });
      });
    });
  }

  function asked(given) {
    return data.questions[data.nodes[given.node].ask].text;
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
      say(place, fill(data.words.broken, { answers: shortened(state.unknown.join(", ")) }) + " " + kept, []);
    }
    if (state.gap && state.gap !== state.at) {
      const facts = Object.assign({}, state.facts, data.ends[state.gap].facts);
      say(place, data.words.from_gap, [[data.ends[state.gap].title, address(state.gap, { facts: facts })]]);
    }
    if (state.via) {
      const via = data.ends[state.via];
      if (via.today.length) say(place, data.words.today + " " + via.today.join(" "), []);
      say(place, data.words.via, [[via.title, address(state.via, { facts: state.facts })]]);
    }
  }

  /* As much as tells which part of the address it is; the rest may be of any length. */
  function shortened(text) {
    return text.length > 200 ? text.slice(0, 200) + "…" : text;
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
    return to((data.nodes[id] || data.ends[id]).page, state);
  }

  function to(page, state) {
    const answers = logic.format(state.facts, { _fraga: state.ask, _lucka: state.gap });
    return sheets ? sheets.address(page, answers) : root + page + (answers && "#" + answers);
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
