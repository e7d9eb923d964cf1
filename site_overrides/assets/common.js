/* What the other scripts share: keeping, filling in and copying texts. */
(function () {
  "use strict";

  // Where the site stands: another one at the same host keeps its own.
  const { src } = document.currentScript;
  const scope = src ? new URL("../", src).pathname : location.pathname.replace(/[^/]*$/, "");

  /* A text in "localStorage" or "sessionStorage"; what they do not take lasts as long as the page. */
  function keeper(storage, name, from = scope) {
    const key = from + name;
    let memory;

    function read() {
      try {
        return memory ?? (window[storage].getItem(key) || "");
      } catch {
        return "";
      }
    }

    function write(text) {
      memory = undefined;
      try {
        if (text) window[storage].setItem(key, text);
        else window[storage].removeItem(key);
      } catch {
        memory = text;
      }
    }

    return { key, read, write };
  }

  /* The same for objects by their names; anything else may stand there, too. */
  function objectKeeper(storage, key) {
    const kept = keeper(storage, key);

    function all() {
      try {
        const found = Object.entries(JSON.parse(kept.read()));
        return Object.fromEntries(found.filter(([, value]) => value && typeof value === "object"));
      } catch {
        return {};
      }
    }

    function set(name, value) {
      const text = JSON.stringify({ ...all(), [name]: value });
      kept.write(text === "{}" ? "" : text);
    }

    return { key: kept.key, all, set, clear: () => kept.write("") };
  }

  /* All at once: a value may hold what looks like the place of another. */
  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  /* Without permission the text stands in the field, marked, to be copied by hand. */
  async function copy(field, text) {
    field.value = text;
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      field.focus();
      field.select();
      return document.execCommand("copy");
    }
  }

  function today() {
    const now = new Date();
    now.setMinutes(now.getMinutes() - now.getTimezoneOffset());
    return now.toISOString().slice(0, 10);
  }

  window.rutinCommon = { keeper, objectKeeper, fill, copy, today };
})();
