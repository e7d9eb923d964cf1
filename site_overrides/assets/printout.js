/*
 * Whoever comes by the link or the code of a printed checklist: whether the print still holds, and
 * which steps are new or gone. The link carries the print's version and four letters a step.
 */
document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const place = document.querySelector("[data-printout]");
  const link = /[#&]_utskrift=([^&]*)/.exec(location.hash);
  if (!place || !link) return;
  const words = place.dataset;
  const printed = /^([0-9A-Za-z.-]{1,40})(?:~|%7E)((?:[0-9a-f]{4}){1,200})\.([0-9a-f]{4})$/.exec(link[1]);

  function say(text, values) {
    const line = window.rutinCommon.fill(text, values);
    place.append(Object.assign(document.createElement("p"), { textContent: line }));
  }

  if (!printed) {
    say(words.unknown, {});
    return;
  }
  const before = printed[2].match(/.{4}/g);
  const steps = [...document.querySelectorAll(".r-step")];
  const now = steps.map(({ dataset }) => dataset.fingerprint);
  const changed = steps.filter((_, at) => !before.includes(now[at])).map(({ value }) => value);
  const gone = before.flatMap((one, at) => (now.includes(one) ? [] : at + 1));
  const beside = printed[3] !== words.fingerprint;
  const values = { printed: printed[1], version: words.version };
  if (printed[1] !== words.version) say(words.newer, values);
  if (changed.length) say(words.changed, { steps: changed.join(", ") });
  if (gone.length) say(words.gone, { steps: gone.join(", ") });
  if (beside) say(words.beside, values);
  if (changed.length || gone.length || beside) return;
  say(before.join() === now.join() ? words.same : words.moved, values);
});
