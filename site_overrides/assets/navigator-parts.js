/*
 * The data of a large tree comes in parts. Where a part ends, an end with `part` stands for the question
 * that goes on in the next one: its own page will do, but here its data is fetched before it is needed.
 */
(function () {
  "use strict";

  const root = new URL("../", document.currentScript.src).href;
  const asked = {}; // id → the promise of its part
  const done = {};

  /* Take a part in; every part says so of itself. */
  function add(part) {
    const data = window.rutinData;
    ["questions", "nodes", "ends"].forEach((kind) => {
      Object.assign(data[kind], part[kind]);
    });
    Object.keys(data.nodes).forEach((id) => {
      delete data.ends[id];
    });
  }

  function load(id) {
    return (asked[id] =
      asked[id] ||
      new Promise((resolve) => {
        const script = document.createElement("script");
        ["load", "error"].forEach((end) => script.addEventListener(end, () => resolve((done[id] = true))));
        script.src = root + window.rutinData.parts + id + ".js";
        document.head.append(script);
      }));
  }

  /* While the reader thinks, fetch what the answers lead to when it stands in another part. */
  function ahead() {
    document.querySelectorAll("[data-next]").forEach((option) => {
      const end = window.rutinData.ends[option.dataset.next];
      if (end && end.part) load(option.dataset.next);
    });
  }

  /* Go on when all that the address needs is here, or cannot be had. A page whose own question cannot, stays plain. */
  async function whole(then) {
    for (let id; (id = needed().find((one) => !done[one]));) await load(id);
    const own = document.querySelector("[data-node], [data-unsure]");
    if (own && !window.rutinData.nodes[own.dataset.node || own.dataset.unsure]) {
      document.documentElement.classList.remove("r-pending");
      return;
    }
    then();
    ahead();
  }

  /* Where the answers stop for want of data; and the gap they came by, which may be in any part. */
  function needed() {
    const data = window.rutinData;
    const logic = window.rutinLogic;
    const at = logic.follow(data, logic.parse(data, location.hash).facts).at;
    const end = data.ends[at] || {};
    const gap = /_lucka(?:=|%3D)([a-z0-9-]+)/i.exec(location.hash);
    const missing = [end.part && at, end.on, gap && gap[1]];
    return missing.filter((id) => id && !data.nodes[id] && !(data.ends[id] && !data.ends[id].part));
  }

  document.addEventListener("click", ahead);
  window.rutinParts = { add, whole };
})();
