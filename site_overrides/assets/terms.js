/*
 * A marked word and its explanation: there, and back to where the reader was. The links work without
 * this; with it the address stays as it was, since it may hold answers.
 */
(function () {
  "use strict";

  let from = null;

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-word]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const back = link.dataset.word === "back";
    const came = back && shows(from) && from.hash === "#" + link.closest("div[id]").id;
    const target = came ? from : document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!back) from = link;
    for (let around = target.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    target.scrollIntoView({ block: back ? "center" : "start" });
    target.focus({ preventScroll: true });
  });

  function shows(place) {
    return place && place.isConnected && place.getClientRects().length > 0;
  }
})();
