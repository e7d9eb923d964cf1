/*
 * Questions that can be answered together: on the page of the first, each with a box to tick. Without the script
 * they are asked one after another, and so they are for who is not sure.
 */
window.rutinMany = function (body, state, address) {
  "use strict";

  const { rutinData: data, rutinLogic: logic } = window;
  const form = body.querySelector("[data-many]");
  if (!form) return;
  const heading = body.querySelector("h1");
  const together = form.dataset.many;
  const one = heading.textContent;
  let at = state.at;
  const boxes = [...form.querySelectorAll("input")].map((box) => {
    const node = at;
    box.checked = logic.chosen(data, node, state.facts)?.id === box.value;
    at = data.nodes[node].goto[box.value];
    return { box, node };
  });

  function aim() {
    const after = boxes.reduce((before, { box, node }) => {
      const option = logic.options(data, node).find(({ id }) => (id === box.value) === box.checked);
      return logic.answer(data, before, node, option);
    }, state);
    const next = logic.follow(data, after.facts).at;
    const link = form.querySelector("[data-change]");
    link.href = address(next, after);
    link.dataset.next = next;
  }

  function show(all) {
    form.hidden = !all;
    body.querySelectorAll("[data-one]").forEach((part) => (part.hidden = all));
    heading.textContent = all ? together : one;
    document.title = all ? document.title.replace(one, together) : document.title.replace(together, one);
  }

  form.addEventListener("change", aim);
  form.querySelector("button").addEventListener("click", () => {
    show(false);
    heading.focus();
  });
  aim();
  show(true);
};
