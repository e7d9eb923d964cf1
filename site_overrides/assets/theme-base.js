/*
 * What the theme's scripts lean on, in a file of its own so that a strict policy can stand.
 * Storage may be forbidden, full, or hold anything: then nothing is remembered.
 */
(function () {
  "use strict";

  // An address that says no text, or one with the signs that end a text in a selector, would stop one engine's
  // script: let it be read as it stands.
  function mend() {
    let text = '"';
    try {
      text = decodeURIComponent(location.hash);
    } catch {
      /* it says no text */
    }
    if (!/["\\]/.test(text)) return;
    const readable = location.hash.replace(/%/g, "%25").replace(/\\/g, "%255C");
    try {
      history.replaceState(history.state, "", readable);
    } catch {
      /* forbidden in some frames */
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
    return (
      Boolean(known) &&
      Object.entries(kept.color).every(([part, value]) => {
        return /^[a-z]+$/.test(part) && typeof value === "string";
      })
    );
  }

  window.__md_set = function (name, value, storage, place) {
    try {
      (storage || localStorage).setItem(key(name, place), JSON.stringify(value));
    } catch {
      /* see above */
    }
  };
})();
