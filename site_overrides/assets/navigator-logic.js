/*
 * The navigator's logic: pure functions from data and answers to what is asked next.
 * Facts are what the answers settle, { fact: value }. Nothing here touches the page.
 */
(function (scope) {
  "use strict";

  /*
   * The fragment's facts, and beside them: the question it asks for, the gap it came by, and what
   * in it is not known. Ids never begin with "_", so its own keys do.
   */
  function parse(data, fragment) {
    const state = { facts: {}, ask: null, gap: null, unknown: [] };
    pairs(fragment).forEach(function (pair) {
      const at = pair.indexOf("=");
      const key = at < 0 ? pair : pair.slice(0, at);
      const value = at < 0 ? "" : pair.slice(at + 1);
      if (key === "_fraga" && has(data.nodes, value)) state.ask = value;
      else if (key === "_lucka" && has(data.ends, value) && data.ends[value].ways) state.gap = value;
      else if (has(data.facts, key) && data.facts[key].includes(value)) state.facts[key] = value;
      else if (key !== "_utskrift") state.unknown.push(pair); // that one is for printout.js
    });
    if (state.ask && !onTheWay(data, state.facts, state.ask)) {
      state.unknown.push("_fraga=" + state.ask);
      state.ask = null;
    }
    if (state.gap && !tookAWay(data, state.facts, state.gap)) state.gap = null;
    return state;
  }

  /* Mail and chat programs may encode the signs between the answers. */
  function pairs(fragment) {
    let text = fragment.replace(/^#/, "");
    if (/%3D/i.test(text)) text = text.replace(/%3D/gi, "=").replace(/%26/g, "&");
    return text.split("&").filter(Boolean);
  }

  function onTheWay(data, facts, node) {
    const way = follow(data, facts);
    const on = has(data.ends, way.at) && data.ends[way.at].on;
    return node === way.at || node === on || way.answers.some(function (given) { return given.node === node; });
  }

  /* A gap is behind the answers as long as they are those of one of its ways on. */
  function tookAWay(data, facts, gap) {
    return data.ends[gap].ways.some(function (way) { return holds(way, facts); });
  }

  function holds(wanted, facts) {
    return Object.keys(wanted).every(function (fact) { return facts[fact] === wanted[fact]; });
  }

  function format(facts, extra) {
    const all = Object.assign({}, facts, extra);
    return Object.keys(all).filter(function (key) { return all[key]; }).map(function (key) {
      return key + "=" + all[key];
    }).join("&");
  }

  function options(data, node) {
    return data.questions[data.nodes[node].ask].options;
  }

  /* The one option of a node whose facts all hold, or null while the question is open. */
  function chosen(data, node, facts) {
    const holding = options(data, node).filter(function (option) { return holds(option.facts, facts); });
    return holding.length === 1 ? holding[0] : null;
  }

  function walk(data, facts, start) {
    const answers = [];
    let at = start;
    let option;
    while (has(data.nodes, at) && (option = chosen(data, at, facts))) {
      answers.push({ node: at, option: option });
      at = data.nodes[at].goto[option.id];
    }
    return { answers: answers, at: at };
  }

  /* The whole way: past an end that goes on, when the answers say more than it needed. */
  function follow(data, facts) {
    const first = walk(data, facts, data.start);
    const on = has(data.ends, first.at) && data.ends[first.at].on;
    const second = walk(data, facts, on);
    if (second.at === on) return { answers: first.answers, at: first.at, via: null };
    return { answers: first.answers.concat(second.answers), at: second.at, via: first.at };
  }

  /* The facts after an answer: those of the question give way, all others stay. */
  function answer(data, facts, node, option) {
    const settled = {};
    options(data, node).forEach(function (other) { Object.assign(settled, other.facts); });
    const kept = {};
    Object.keys(facts).forEach(function (fact) {
      if (!has(settled, fact)) kept[fact] = facts[fact];
    });
    return Object.assign(kept, option.facts);
  }

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  scope.rutinLogic = { parse, format, options, chosen, follow, answer };
})(globalThis);
