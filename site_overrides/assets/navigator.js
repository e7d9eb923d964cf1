/*
 * The navigator's view: asks the next question in the same place, with the answers in the address.
 * In the single file pages are sheets, and sheets.js says where they are.
 */
(function () {
  "use strict";

  const { fill } = window.rutinCommon;
  const sheets = window.rutinSheets;
  const root = sheets ? "" : new URL("../", document.currentScript.src).href;
  let data;
  let logic;
  let words;

  document.addEventListener("DOMContentLoaded", () => {
    data = window.rutinData;
    logic = window.rutinLogic;
    words = JSON.parse(document.querySelector("[data-says]").dataset.says);
    if (sheets) sheets.start(page, words);
    else page(document);
  });

  function isState(hash) {
    return /=|%(25)*3D/i.test(hash.replace(/_utskrift=[^&]*/, "")); // the link of a print holds no answers
  }

  function inAddress() {
    const hash = sheets ? sheets.fragment() : location.hash;
    if (isState(hash)) return hash;
    // What made a query of the answers may have added to it; the theme has queries of its own.
    const { search } = location;
    return RegExp("[?&](" + Object.keys(data.facts).join("|") + ")[=%]").test(search) ? search : "";
  }

  function page(place) {
    const asks = place.querySelector("[data-navigator]");
    const unsure = place.querySelector("[data-unsure]");
    const end = place.querySelector("[data-end]");
    if (asks) asking(asks);
    else if (unsure) doubting(unsure);
    else if (end) ending(end);
  }

  function asking(navigator) {
    const own = { ...navigator.dataset };
    const name = document.title.split(" - ").pop();

    function show(moved) {
      const state = logic.parse(data, inAddress() || own.facts);
      state.at = state.ask || (inAddress() ? logic.follow(data, state.facts).at : own.node);
      if (sheets ? state.at !== own.node : data.ends[state.at]) {
        location.replace(address(state.at, state) + state.unknown.map((pair) => "&" + pair).join(""));
        return;
      }
      const question = data.questions[data.nodes[state.at].ask];
      const body = navigator.querySelector("[data-question]");
      if (moved || state.at !== own.node) {
        body.innerHTML = question.html.replaceAll('href="', "$&" + root);
        document.title = fill(words.title, { question: question.text, name });
      }
      navigator.dataset.node = state.at;
      link(body, state);
      trail(navigator, state);
      tell(navigator, state);
      if (!inAddress() && !sheets && state.at === data.start && !cameBack()) window.rutinCase.forget();
      if (!moved) return;
      body.querySelector("h1").focus({ preventScroll: true });
      if (navigator.getBoundingClientRect().top < 0) navigator.scrollIntoView();
    }

    if (!sheets) inPlace(navigator, show);
    show(false);
  }

  function inPlace(navigator, show) {
    navigator.addEventListener("click", (event) => {
      const anchor = event.target.closest("[data-option], [data-change]");
      if (
        !anchor ||
        event.defaultPrevented ||
        event.ctrlKey ||
        event.metaKey ||
        event.shiftKey ||
        data.ends[anchor.dataset.next]
      )
        return;
      try {
        history.pushState(null, "", anchor.hash);
      } catch {
        return; // forbidden in some frames; then the link is one like any other
      }
      event.preventDefault();
      show(true);
    });
    window.addEventListener("popstate", () => {
      if (!location.hash || inAddress()) show(true);
    });
  }

  function cameBack() {
    return performance.getEntriesByType("navigation").some(({ type }) => type !== "navigate");
  }

  function link(body, state) {
    const now = logic.chosen(data, state.at, state.facts);
    body.querySelectorAll("[data-option]").forEach((anchor) => {
      const option = logic.options(data, state.at).find(({ id }) => id === anchor.dataset.option);
      const after = logic.answer(data, state, state.at, option);
      const next = logic.follow(data, after.facts).at;
      anchor.href = address(next, after);
      anchor.dataset.next = next;
      anchor.removeAttribute("aria-current");
      if (now === option) anchor.setAttribute("aria-current", "true");
    });
    body.querySelectorAll("[data-unsure-link]").forEach((unsure) => {
      unsure.href = to("vet-inte/" + state.at + ".html", { ...state, ask: null });
    });
    window.rutinMany?.(body, state, address);
  }

  function trail(place, state) {
    const nav = place.querySelector("[data-trail]");
    const others = logic.follow(data, state.facts).answers.filter(({ node }) => node !== state.at);
    const items = others.map(({ node, option }) => {
      const { text } = data.questions[data.nodes[node].ask];
      const change = linkTo(words.change, address(node, { ...state, ask: node }));
      const hidden = element("span", " " + words.change_of + " " + text);
      change.dataset.change = node;
      hidden.className = "r-hidden";
      change.append(hidden);
      const item = element("li");
      item.append(element("span", option.short), " ", change);
      return item;
    });
    nav.querySelector("ol").replaceChildren(...items);
    nav.hidden = !items.length;
  }

  function doubting(unsure) {
    if (!inAddress()) return;
    const state = logic.parse(data, inAddress());
    state.at = unsure.dataset.unsure;
    state.via = logic.follow(data, state.facts).via;
    link(unsure, state);
    trail(unsure, state);
    tell(unsure, state);
    unsure.querySelector("[data-back]").href = address(state.at, { ...state, ask: state.at });
  }

  function ending(end) {
    const state = logic.parse(data, inAddress());
    const way = logic.follow(data, state.facts);
    state.at = end.dataset.end;
    state.via = way.at === state.at ? way.via : null;
    const led = [way.at, way.via].includes(state.at);
    if (inAddress()) {
      if (!sheets && !cameBack()) end.querySelector("h1").focus({ preventScroll: true });
      tell(end, state);
      if (led) arriving(end, state, way);
      else say(end, words.elsewhere, words.elsewhere_link, address(way.at, state));
    }
    if (!sheets) window.addEventListener("hashchange", () => inAddress() && location.reload()); // another case
    const given = Object.assign({}, ...way.answers.map(({ option }) => option.facts));
    window.rutinCase.open(end, {
      key: "?" + Object.entries(state.facts).toSorted(), // whichever was answered first
      known: led ? state.facts : {},
      facts: led && logic.answered(data, given, state.gaps),
      gaps: state.gaps,
      via: state.via,
    });
  }

  function arriving(end, state, way) {
    trail(end, state);
    end.querySelectorAll("[data-onward]").forEach((onward) => {
      const { on } = data.ends[state.at];
      onward.href = address(on, { facts: state.facts, ask: on });
    });
    // The answers say it already.
    end.querySelectorAll("[data-facts]").forEach((facts) => (facts.hidden = way.answers.length > 0));
    end
      .querySelectorAll("[data-see]")
      .forEach((see) => (see.hidden = see.dataset.see.split(" ").includes(state.via)));
    why(end, state, way);
    waysOn(end, state);
  }

  function why(end, state, way) {
    const lists = [...end.querySelectorAll("[data-reasons]")];
    const rowOf = (list, { node, option }) =>
      [...list.children].find(({ dataset }) => dataset.reason === data.nodes[node].ask + "/" + option.id);
    const list = lists.find((one) => way.answers.every((given) => rowOf(one, given))) || lists[0];
    if (!list) return;
    lists.forEach((one) => (one.parentElement.hidden = one !== list));
    [...list.children].forEach((row) => (row.hidden = true));
    way.answers.forEach((given) => {
      const { node, option } = given;
      const row =
        rowOf(list, given) || element("li", data.questions[data.nodes[node].ask].text + " " + option.short);
      row.hidden = false;
      list.append(row);
      row.querySelectorAll("[data-other]").forEach((other) => {
        const instead = logic.options(data, node).find(({ id }) => id === other.dataset.other);
        other.querySelector("a").href = changed(state, instead.facts);
      });
    });
  }

  function waysOn(end, state) {
    const seen = new Set();
    end.querySelectorAll("[data-as]").forEach((way) => {
      const { as } = way.dataset;
      way.href = changed(state, logic.parse(data, as).facts, [...state.gaps, state.at]);
      way.closest("li").hidden = seen.has(as);
      way.querySelector("span").hidden = true; // it names the case that the page was made for
      seen.add(as);
    });
  }

  function tell(place, { at, facts, gaps, unknown, via }) {
    const message = place.querySelector("[data-message]");
    message.replaceChildren();
    if (unknown.length) {
      const kept = Object.keys(facts).length ? words.kept : words.none_kept;
      const answers = unknown.join(", ").replace(/^(.{200}).+/s, "$1…"); // of any length
      say(place, fill(words.broken, { answers }) + " " + kept);
    }
    gaps.forEach((gap, n) => {
      const before = { facts: logic.answered(data, facts, gaps.slice(n)), gaps: gaps.slice(0, n) };
      if (gap !== at) say(place, words.from_gap, words.gaps[gap], address(gap, before));
    });
    if (via) {
      message.innerHTML += JSON.parse(message.dataset.via)[via];
      message.querySelector("details a").href = address(via, { facts, gaps });
    }
  }

  function say(place, text, title, href) {
    const line = element("p", text);
    if (title) line.append(" ", linkTo(title, href));
    place.querySelector("[data-message]").append(line);
  }

  function changed(state, others, gaps) {
    const facts = { ...state.facts, ...others };
    return address(logic.follow(data, facts).at, { facts, gaps });
  }

  function address(id, state) {
    return to((data.nodes[id] || data.ends[id]).page, state);
  }

  function to(path, { facts, ask, gaps = [] }) {
    const answers = logic.format(facts, { _fraga: ask, _lucka: gaps.join() });
    return sheets ? sheets.address(path, answers) : root + path + (answers && "#" + answers);
  }

  function linkTo(text, href) {
    return Object.assign(element("a", text), { href });
  }

  function element(name, text = "") {
    return Object.assign(document.createElement(name), { textContent: text });
  }
})();
