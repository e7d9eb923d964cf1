/* Looks at a page for what axe does not see. Each check returns what it finds, one line each. */
window.accessibility = (function () {
  "use strict";

  const TARGETS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, label[for], [tabindex='0']";

  function name(element) {
    const text = (element.innerText || element.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const classes = typeof element.className === "string" ? element.className.trim().split(/\s+/) : [];
    return [element.localName, ...classes].filter(Boolean).join(".") + (text ? ` ”${text}”` : "");
  }

  function visible(element) {
    const box = element.getBoundingClientRect();
    return (
      box.width > 1 &&
      box.height > 1 &&
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    );
  }

  function all(selector, within = document.body) {
    return [...within.querySelectorAll(selector)].filter(visible);
  }

  /* A picture needs both dimensions (WCAG 1.4.10), so it may scroll in a frame with a name that Tab reaches. */
  const FIGURE = ".r-figure[role=region][aria-labelledby][tabindex='0']";

  /* Only vertical scrolling, and nothing that reaches out of the window and cannot be scrolled to. */
  function reflow() {
    const root = document.documentElement;
    const found = root.scrollWidth > root.clientWidth ? [`sidan är ${root.scrollWidth} bred`] : [];
    const scrolls = (e) =>
      /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1;
    const content = document.getElementById("innehall");
    if (!content) return [...found, "sidan saknar innehåll"];
    const inside = all("*", content);
    found.push(
      ...inside.filter((e) => scrolls(e) && !e.matches(FIGURE)).map((e) => `${name(e)} rullar i sidled`),
    );
    const outside = inside.filter(
      (e) =>
        (e.matches(FIGURE) || !e.closest(FIGURE)) && e.getBoundingClientRect().right > root.clientWidth + 1,
    );
    return [...found, ...outside.map((e) => `${name(e)} når utanför fönstret`)];
  }

  /* Text that its own box cuts off. */
  function clipped() {
    return all("body *")
      .filter((element) => {
        const style = getComputedStyle(element);
        const hidden =
          style.clipPath !== "none" ||
          ![...element.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        if (hidden || element.closest(".md-search, .md-sidebar, .md-overlay, .md-toggle, script, style"))
          return false;
        for (let box = element; box && box !== document.body; box = box.parentElement) {
          const boxed = getComputedStyle(box);
          if (boxed.clipPath !== "none") return false;
          const wide = /hidden|clip/.test(boxed.overflowX) && box.scrollWidth > box.clientWidth + 1;
          const tall = /hidden|clip/.test(boxed.overflowY) && box.scrollHeight > box.clientHeight + 1;
          if (wide || tall) return true;
        }
        return false;
      })
      .map((e) => `${name(e)} klipps av`);
  }

  /* What still moves, or would at the next change. */
  function motion() {
    const running = document.getAnimations().filter((a) => a.playState === "running");
    const moving = [...document.querySelectorAll("*")].filter((element) =>
      ["", "::before", "::after"].some((part) => {
        const style = getComputedStyle(element, part || null);
        const timed = style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
        return timed || style.animationName !== "none" || (!part && style.scrollBehavior === "smooth");
      }),
    );
    return [
      ...running.map((a) => `${a.animationName || a.transitionProperty} rör sig`),
      ...moving.map((e) => `${name(e)} rör sig`),
    ];
  }

  /* WCAG 2.5.8: 24 by 24, or part of a sentence, or far enough from every other target. */
  function targets() {
    const content = document.getElementById("innehall") || document.body;
    const boxes = all(TARGETS, content).map((element) => ({ element, box: element.getBoundingClientRect() }));
    const small = ({ box }) => box.width < 24 || box.height < 24;
    return boxes
      .filter((target) => small(target) && !inSentence(target.element))
      .filter((target) => {
        const x = target.box.left + target.box.width / 2;
        const y = target.box.top + target.box.height / 2;
        return boxes.some((other) => {
          if (
            other === target ||
            other.element.contains(target.element) ||
            target.element.contains(other.element)
          )
            return false;
          const near = other.box;
          const dx = Math.max(near.left - x, 0, x - near.right);
          const dy = Math.max(near.top - y, 0, y - near.bottom);
          const apart = Math.hypot(near.left + near.width / 2 - x, near.top + near.height / 2 - y);
          return Math.hypot(dx, dy) < 12 || (small(other) && apart < 24);
        });
      })
      .map(({ element, box }) => `${name(element)} är ${Math.round(box.width)}×${Math.round(box.height)}`);
  }

  function inSentence(element) {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const block = element.closest("p, li, dd, td, th, h1, h2, h3, h4");
    return Boolean(block) && block.innerText.trim() !== element.innerText.trim();
  }

  function structure() {
    const one = (selector) => all(selector).length === 1; // other sheets of the single file are out of sight
    const found = [];
    if (document.documentElement.lang !== "sv") found.push("språket är inte svenska");
    if (!document.title.trim()) found.push("sidan saknar titel");
    if (!one("h1")) found.push("sidan har inte en enda huvudrubrik");
    if (!one("main, [role=main]")) found.push("sidan har inte ett enda main");
    if (!document.querySelector("main h1")) found.push("huvudrubriken står inte i main");
    return found;
  }

  /* With forced colours, backgrounds are gone: what bears meaning needs a border or a shape. */
  function forced() {
    const canvas = getComputedStyle(document.body).backgroundColor;
    const clear = (colour) => colour === canvas || /^rgba\(.*, 0\)$/.test(colour) || colour === "transparent";
    const bordered = (e) =>
      ["Top", "Right", "Bottom", "Left"].some((side) => {
        const style = getComputedStyle(e);
        const width = parseFloat(style[`border${side}Width`]);
        return (
          width >= 1 &&
          !/none|hidden/.test(style[`border${side}Style`]) &&
          !clear(style[`border${side}Color`])
        );
      });
    const native = (e) => getComputedStyle(e).appearance !== "none";
    const boxes = all(
      ".r-option, .r-when--urgent, .r-force, .r-onward, .r-gap, .r-frame, .r-message > p, .r-trail, input, select, button",
      document.getElementById("innehall"),
    );
    const unseen = boxes.filter(
      (e) =>
        !bordered(e.matches(".r-message > p") ? e.parentElement : e) &&
        !(e.matches("input, select, button") && native(e)),
    );
    const shapeless = all(".r-unit").filter(
      (e) => !/[^\s\p{L}\p{N}]/u.test(e.innerText) || clear(getComputedStyle(e).color),
    );
    const masked = [...document.querySelectorAll(".md-typeset summary, .md-nav__icon")].filter((e) => {
      const style = getComputedStyle(e, "::after");
      return style.maskImage !== "none" && style.display !== "none" && clear(style.backgroundColor);
    });
    return [...unseen, ...shapeless, ...masked].map((e) => `${name(e)} syns inte`);
  }

  /* Attributes that say by their value what an element is or looks like. */
  const PLAIN = new Set([
    "class",
    "type",
    "role",
    "hidden",
    "disabled",
    "checked",
    "aria-current",
    "tabindex",
  ]);

  /* The keyboard: remember how everything looks, then tell about each place that the focus comes to. */
  const looks = new Map();
  const reached = new Set();

  function look(element) {
    const style = getComputedStyle(shown(element));
    return [style.outline, style.color, style.backgroundColor, style.border, style.boxShadow].join();
  }

  /* A toggle of the theme's is out of sight, and its label shows the focus for it. */
  function shown(element) {
    return element.matches(".md-option") ? element.nextElementSibling : element;
  }

  let walked = document.body;

  function remember(selector) {
    walked = document.querySelector(selector);
    const index = walked.getAttribute("tabindex");
    walked.tabIndex = -1; // the walk begins at the top, whatever was pressed before
    walked.focus();
    if (index === null) walked.removeAttribute("tabindex");
    all(TARGETS, walked)
      .filter((e) => e.tabIndex >= 0 && !e.matches("label, :disabled"))
      .forEach((e) => looks.set(e, look(e)));
    return looks.size;
  }

  function faults(element) {
    const box = shown(element).getClientRects()[0] || shown(element).getBoundingClientRect();
    const seen = element.matches(".md-search__input") || look(element) !== looks.get(element);
    const top = document.elementFromPoint(
      box.left + Math.min(box.width / 2, 8),
      box.top + Math.min(box.height / 2, 8),
    );
    const covered = !top || top === document.body || !(shown(element).contains(top) || top.contains(element));
    return [
      ...(seen ? [] : [`${name(element)} visar inte fokus`]),
      ...(covered ? [`${name(element)} täcks när den har fokus`] : []),
    ];
  }

  /* The theme moves its menus to what has focus in a later frame: a fault is what stays for half a second. */
  async function focused() {
    const element = document.activeElement;
    if (element === document.body || !walked.contains(element) || reached.has(element)) return null;
    reached.add(element);
    for (let frame = 0; frame < 30 && faults(element).length; frame += 1)
      await new Promise(requestAnimationFrame);
    return faults(element);
  }

  /* Of the whole, or of what stands before the last place that was reached. */
  function unreached(whole) {
    // Of a group of radio buttons, Tab reaches one; the arrow keys reach the others.
    const group = (e) => e.type === "radio" && [...reached].some((other) => other.name === e.name);
    const passed = (e) => whole || e.compareDocumentPosition(document.activeElement) & 4;
    return [...looks.keys()]
      .filter((e) => passed(e) && !reached.has(e) && !group(e))
      .map((e) => `${name(e)} nås inte`);
  }

  /* What names another: it stays, and whole. */
  const NAMES = "h1, label, legend, caption, th";

  /* What is named or told about by others, and their ids. */
  const NAMING = "[for], [aria-labelledby], [aria-describedby], [aria-controls]";

  function namedBy(element) {
    return ["for", "aria-labelledby", "aria-describedby", "aria-controls"].flatMap((attribute) =>
      (element.getAttribute(attribute) || "").split(" ").filter(Boolean),
    );
  }

  /* A short name of a text, the same on every page. */
  function named(text) {
    let [a, b] = [0, 0];
    for (let at = 0; at < text.length; at += 1) {
      a = Math.imul(a ^ text.charCodeAt(at), 2654435761);
      b = Math.imul(b ^ text.charCodeAt(at), 1597334677);
    }
    return `${(a >>> 0).toString(36)}.${(b >>> 0).toString(36)}`;
  }

  /*
   * Take away what is built like others, on this page or on those before it, in the same surroundings: text and
   * length apart. "before" counts what is built alike; what is returned counts what stays here, too. Both are JSON.
   */
  function thin([keep, before]) {
    const seen = JSON.parse(before);
    const built = new Map();
    const gone = [];
    const own = (e) =>
      [
        e.localName,
        e.matches(":checked"),
        ...[...e.attributes].map((a) => (PLAIN.has(a.name) ? `${a.name}=${a.value}` : a.name)),
      ]
        .toSorted()
        .join();
    function learn(element) {
      const inner = [...new Set([...element.children].map(learn))].toSorted();
      return built.set(element, named(`${own(element)}(${inner})`)).get(element);
    }
    function take(element, around) {
      const alike = named(`${around}/${built.get(element)}`);
      seen[alike] = (seen[alike] || 0) + 1;
      if (seen[alike] > keep && !element.matches(`${NAMES}, :has(h1)`)) gone.push(element);
      else if (!element.matches(`${TARGETS}, ${NAMES}, tr, h2, h3, h4`))
        for (const child of element.children) take(child, named(`${around}/${own(element)}`));
    }
    const shownLabels = (input) => [...(input.labels || [])].filter((label) => label.checkVisibility());
    const labelled = all("input").map((input) => [input, shownLabels(input)]);
    learn(document.body);
    take(document.body, "");
    for (const element of gone) element.style.display = "none";
    for (const [input, labels] of labelled)
      if (labels.some((label) => !label.checkVisibility())) input.style.display = "none"; // its name went
    // What others are named by is only hidden, and so are the theme's own parts, which its scripts go on asking for.
    const names = new Set(document.querySelectorAll(NAMING).values().flatMap(namedBy));
    const needed = (e) => [e, ...e.querySelectorAll("[id]")].some(({ id }) => names.has(id));
    for (const element of gone) if (element.closest("#innehall") && !needed(element)) element.remove();
    return JSON.stringify(seen);
  }

  return { thin, remember, focused, unreached, reflow, clipped, motion, targets, structure, forced };
})();
