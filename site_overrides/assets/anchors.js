/*
 * A link within the page: there, and from the explanation of a word back to where the reader was. The links
 * work without this; with it the address stays as it was, since it may hold answers.
 */
(function () {
  "use strict";

  let from = null;

  /* Back shows what is kept: no browser is to bring back a tick that was cleared. */
  document.querySelectorAll("input").forEach((input) => (input.autocomplete = "off"));

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[data-word], [data-end] a[href^="#"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const marked = "word" in link.dataset;
    const back = link.dataset.word === "back";
    const came = back && shows(from) && from.hash === "#" + link.closest("div[id]").id;
    const target = came ? from : document.getElementById(link.hash.slice(1));
    if (!target || !(marked || link.closest("[data-end]").contains(target))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (marked && !back) from = link;
    go(target, back ? "center" : "start");
  });

  function shows(place) {
    return place && place.isConnected && place.getClientRects().length > 0;
  }

  function go(target, block) {
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) {
      around.open = true;
    }
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.scrollIntoView({ block });
    target.focus({ preventScroll: true });
  }
})();
