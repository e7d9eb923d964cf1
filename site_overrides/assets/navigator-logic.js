/* The navigator's logic: pure functions from data and facts, { fact: value }, to what is asked next. */
(function (scope) {
  "use strict";

  const has = Object.hasOwn;

  /* What a fragment says. Ids never begin with "_"; the question to ask again and the gaps behind do. */
  function parse(data, fragment) {
    const state = { facts: {}, ask: null, gaps: [], unknown: [] };
    pairs(fragment).forEach((pair) => {
      const [key, ...rest] = pair.split("=");
      const value = rest.join("=");
      if (key === "_fraga" && has(data.nodes, value)) state.ask = value;
      else if (key === "_lucka" && value.split(",").every((id) => data.ends[id]?.ways))
        state.gaps = value.split(",");
      else if (has(data.facts, key) && data.facts[key].includes(value)) state.facts[key] = value;
      else if (key !== "_utskrift") state.unknown.push(pair); // that one is for printout.js
    });
    if (state.ask && !onTheWay(data, state.facts, state.ask)) {
      state.unknown.push("_fraga=" + state.ask);
      state.ask = null;
    }
    state.gaps = state.gaps.filter((gap) => taken(data, gap, state.facts));
    return state;
  }

  /* Mail and chat programs may encode the signs between the answers, and more than once. */
  function pairs(address) {
    const text = address.replace(/^[#?]/, "").replace(/%(25)*3D/gi, "=");
    return text
      .replace(/%(25)*26/g, "&")
      .split("&")
      .filter(Boolean);
  }

  function onTheWay(data, facts, node) {
    const way = follow(data, facts);
    return (
      node === way.at || node === onward(data, way.at) || way.answers.some((given) => given.node === node)
    );
  }

  function holds(wanted, facts) {
    return Object.keys(wanted).every((fact) => facts[fact] === wanted[fact]);
  }

  /* The way that was taken on from a gap: the answers are those of one of its ways. */
  function taken(data, gap, facts) {
    return data.ends[gap].ways.find((way) => holds(way.as, facts));
  }

  /* What was answered before the reader went on from these gaps. */
  function answered(data, facts, gaps) {
    return gaps.reduceRight((all, gap) => ({ ...all, ...taken(data, gap, all)?.was }), facts);
  }

  function format(facts, extra) {
    const all = Object.entries({ ...facts, ...extra }).filter(([, value]) => value);
    return all.map((pair) => pair.join("=")).join("&");
  }

  function options(data, node) {
    return data.questions[data.nodes[node].ask].options;
  }

  /* The one option whose facts all hold, or null while the question is open. */
  function chosen(data, node, facts) {
    const holding = options(data, node).filter((option) => holds(option.facts, facts));
    return holding.length === 1 ? holding[0] : null;
  }

  function walk(data, facts, start) {
    const answers = [];
    let at = start;
    let option;
    while (has(data.nodes, at) && (option = chosen(data, at, facts))) {
      answers.push({ node: at, option });
      at = data.nodes[at].goto[option.id];
    }
    return { answers, at };
  }

  function onward(data, end) {
    return has(data.ends, end) && data.ends[end].on;
  }

  /* Past an end that goes on, when the facts say more than it needed. */
  function follow(data, facts) {
    const first = walk(data, facts, data.start);
    const on = onward(data, first.at);
    const second = walk(data, facts, on);
    if (second.at === on) return { ...first, via: null };
    return { answers: [...first.answers, ...second.answers], at: second.at, via: first.at };
  }

  /* The facts of the question give way, all others stay; a gap whose way settles one of them is behind no more. */
  function answer(data, { facts, gaps }, node, option) {
    const settled = options(data, node).flatMap((other) => Object.keys(other.facts));
    const kept = Object.entries(facts).filter(([fact]) => !settled.includes(fact));
    return {
      facts: { ...Object.fromEntries(kept), ...option.facts },
      gaps: gaps.filter((gap) => !settled.some((fact) => fact in taken(data, gap, facts).as)),
    };
  }

  scope.rutinLogic = { parse, format, options, chosen, follow, answer, answered };
})(globalThis);
