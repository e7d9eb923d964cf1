/*
 * What the theme's scripts lean on, in a file of its own so that a strict policy can stand.
 * Storage may be forbidden, full, or hold anything: then nothing is remembered.
 */
(function () {
  "use strict";

  // An address that says no text would stop one engine's script: let what is broken in it be read as it stands.
  function mend() {
    try {
      decodeURIComponent(location.hash);
    } catch {
      history.replaceState(history.state, "", location.hash.replace(/%/g, "%25"));
    }
  }
  mend();
  window.addEventListener("hashchange", mend);

  const scope = new URL("../", document.currentScript.src);

  function key(name, place) {
    return (place || scope).pathname + "." + name;
  }

  window.__md_scope = scope;

  window.__md_hash = function (text) {
    return [...text].reduce((sum, letter) => (sum << 5) - sum + letter.charCodeAt(0), 0);
  };

  window.__md_get = function (name, storage, place) {
    try {
      const kept = JSON.parse((storage || localStorage).getItem(key(name, place)));
      return name !== "__palette" || isPalette(kept) ? kept : null;
    } catch {
      return null;
    }
  };

  // The theme takes for granted that the choice it kept is one of those it has.
  function isPalette(kept) {
    const known = document.getElementsByName("__palette")[kept.index];
    return Boolean(known) && Object.entries(kept.color).every(function ([part, value]) {
      return /^[a-z]+$/.test(part) && typeof value === "string";
    });
  }

  window.__md_set = function (name, value, storage, place) {
    try {
      (storage || localStorage).setItem(key(name, place), JSON.stringify(value));
    } catch { /* see above */ }
  };
})();
