/*
 * The navigator's logic: pure functions from data and answers to what is asked next.
 * Facts are what the answers settle, { fact: value }. Nothing here touches the page.
 */
(function (scope) {
  "use strict";

  /* The fragment's facts, the question it asks for, and what in it is no longer known. */
  function parse(data, fragment) {
    const state = { facts: {}, ask: null, unknown: [] };
    fragment.replace(/^#/, "").split("&").filter(Boolean).forEach(function (pair) {
      const at = pair.indexOf("=");
      const key = at < 0 ? pair : pair.slice(0, at);
      const value = at < 0 ? "" : pair.slice(at + 1);
      if (key === "fraga" && has(data.nodes, value)) state.ask = value;
      else if (has(data.facts, key) && data.facts[key].includes(value)) state.facts[key] = value;
      else state.unknown.push(pair);
    });
    return state;
  }

  function format(facts, ask) {
    const pairs = Object.keys(facts).map(function (fact) { return fact + "=" + facts[fact]; });
    return pairs.concat(ask ? ["fraga=" + ask] : []).join("&");
  }

  function options(data, node) {
    return data.questions[data.nodes[node].ask].options;
  }

  /* The one option of a node whose facts all hold, or null while the question is open. */
  function chosen(data, node, facts) {
    const holding = options(data, node).filter(function (option) {
      return Object.keys(option.facts).every(function (fact) {
        return facts[fact] === option.facts[fact];
      });
    });
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
    if (!on || !chosen(data, on, facts)) return { answers: first.answers, at: first.at, via: null };
    const second = walk(data, facts, on);
    return { answers: first.answers.concat(second.answers), at: second.at, via: first.at };
  }

  /* The facts after an answer: those of the question give way, all others stay while they fit. */
  function answer(data, facts, node, option) {
    const settled = {};
    options(data, node).forEach(function (other) { Object.assign(settled, other.facts); });
    const kept = {};
    Object.keys(facts).forEach(function (fact) {
      if (!has(settled, fact)) kept[fact] = facts[fact];
    });
    Object.assign(kept, option.facts);
    return has(data.ends, follow(data, kept).at) ? needed(data, kept) : kept;
  }

  /* Only the facts that the way to an end has asked for, in the order it asked. */
  function needed(data, facts) {
    const used = {};
    follow(data, facts).answers.forEach(function (given) {
      Object.assign(used, given.option.facts);
    });
    return used;
  }

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  scope.rutinLogic = { parse, format, options, chosen, follow, answer, needed };
})(globalThis);
