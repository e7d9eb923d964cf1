/* What the form writes, as pure functions: values as YAML, and the file with them in their places. */
(function (scope) {
  "use strict";

  // What no reader of YAML takes for anything but text; all else stands within quotes.
  const PLAIN = /^[a-zà-öø-ÿ](?:[a-zà-öø-ÿ0-9 ,.!?()/–”’%+@-]*[a-zà-öø-ÿ0-9,.!?()/–”’%+@-])?$/i;
  const DATE = /^\d{4}-\d\d-\d\d$/;
  const WORD = /^(?:true|false|yes|no|on|off|y|n|null)$/i;
  // Controls, breaks of lines that look like none, and halves of letters.
  const ESCAPED = /["\\\p{Cc}\p{Zl}\p{Zp}\p{Cs}\ufeff\ufffe\uffff]/gu;

  function escaped(sign) {
    return sign === '"' || sign === "\\"
      ? "\\" + sign
      : "\\u" + sign.charCodeAt(0).toString(16).padStart(4, "0");
  }

  /* A text as YAML on one line; in a flow, a comma would end it. */
  function quoted(text, flow) {
    const plain = DATE.test(text) || (PLAIN.test(text) && !WORD.test(text) && !(flow && text.includes(",")));
    return plain ? text : `"${text.replace(ESCAPED, escaped)}"`;
  }

  /* What stands in a place with a value, the key before it; nothing if there is no value. */
  function written(place, value) {
    const texts = [value].flat();
    if (texts.length === 1 && texts[0]) return place.before + quoted(texts[0], place.flow);
    return texts.length > 1 ? `${place.before}[${texts.map((text) => quoted(text, true)).join(", ")}]` : "";
  }

  /* The file with other values, { place: value }; each second piece is that of a place. */
  function filled(data, values) {
    const piece = (text, n) => {
      const at = (n - 1) / 2;
      return Object.hasOwn(values, at) ? written(data.places[at], values[at]) : text;
    };
    return data.pieces.map(piece).join("");
  }

  scope.rutinForm = { quoted, written, filled };
})(globalThis);
