/*
 * A link within the page: there, and from the explanation of a word back to where the reader was. The links
 * work without this; with it the address stays as it was, since it may hold answers, and what is folded opens.
 */
(function () {
  "use strict";

  let from = null;

  /* Back shows what is kept: no browser is to bring back a tick that was cleared. */
  document.querySelectorAll("input").forEach((input) => (input.autocomplete = "off"));
  unfold(document.getElementById(decode(location.hash.slice(1))));

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[data-word], .r-page a[href^="#"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const marked = "word" in link.dataset;
    const back = link.dataset.word === "back";
    const came = back && shows(from) && from.hash === "#" + link.closest("div[id]").id;
    const target = came ? from : document.getElementById(decode(link.getAttribute("href").slice(1)));
    const answered = link.closest("[data-end], [data-unsure]");
    if (!answered && !marked) unfold(target);
    if (!target || !(marked || (answered && answered.contains(target)))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (marked && !back) from = link;
    go(target, back ? "center" : "start");
  });

  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text; // answers that somebody broke
    }
  }

  function shows(place) {
    return place && place.isConnected && place.getClientRects().length > 0;
  }

  function unfold(target) {
    for (let at = target && target.closest("details"); at; at = at.parentElement.closest("details")) {
      at.open = true;
    }
  }

  function go(target, block) {
    unfold(target);
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.scrollIntoView({ block });
    target.focus({ preventScroll: true });
  }
  // What was open, before the theme opens every fold to print.
  window.addEventListener("beforeprint", () => {
    for (const fold of document.querySelectorAll("details")) fold.dataset.opened = fold.open;
  });
})();
