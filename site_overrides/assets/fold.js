/* On a narrow screen, groups fold to their headings. Without this, and on paper, everything stands open. */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const narrow = window.matchMedia("(max-width: 59.9375em)");
  const groups = document.querySelectorAll("[data-fold]");

  function set(group, closed) {
    group.classList.toggle("r-folded", closed);
    group.querySelector(".r-unfold").setAttribute("aria-expanded", String(!closed));
  }

  function make(group) {
    const name = group.querySelector("[data-fold-name]");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "r-unfold";
    button.append(...[...name.childNodes].filter((node) => !node.matches?.(".headerlink")));
    name.prepend(button);
    button.addEventListener("click", () => set(group, !group.classList.contains("r-folded")));
  }

  /* Whatever a link leads to is not to be out of sight. */
  function show(hash) {
    const target = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    const group = target && target.closest(".r-folded");
    if (!group) return;
    set(group, false);
    target.scrollIntoView();
  }

  function fold() {
    groups.forEach((group) => {
      if (narrow.matches && !group.querySelector(".r-unfold")) make(group);
      if (group.querySelector(".r-unfold")) set(group, narrow.matches);
    });
    show(location.hash);
  }

  fold();
  narrow.addEventListener("change", fold);
  window.addEventListener("hashchange", () => show(location.hash));
  document.addEventListener(
    "click",
    ({ target }) => {
      const link = target.closest('a[href^="#"]');
      if (link) show(link.hash);
    },
    true,
  );
});
