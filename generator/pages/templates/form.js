/* The form: what is chosen, the fields of it, the changes, and the file to download. */
(function () {
  "use strict";

  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, places, kinds, choices, parts } = data;
  const at = Object.fromEntries(
    ["form", "part", "fields", "own-heading", "said", "changes", "download"].map((id) => [
      id,
      document.getElementById(id),
    ]),
  );
  const names = titles();
  const values = {}; // place → its new value
  const seen = [data.pieces.join("")]; // what the file may hold without that anybody else has changed it
  let left = true; // nothing would be lost

  /* Texts of the tree only ever become texts. */
  function make(tag, properties, ...children) {
    const element = document.createElement(tag);
    Object.entries(properties).forEach(([name, value]) => {
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    });
    element.append(...children);
    return element;
  }

  /* What each place is called among the changes. */
  function titles() {
    const called = {};
    parts.forEach((part) =>
      part.blocks.forEach((block) =>
        block.places.forEach((place) => {
          called[place] = [part.title, block.heading, kinds[places[place].kind].label]
            .filter(Boolean)
            .join(" › ");
        }),
      ),
    );
    return called;
  }

  const valueOf = (place) => (Object.hasOwn(values, place) ? values[place] : places[place].value);

  function told(place, value) {
    const { choice, none } = kinds[places[place].kind];
    const name = (id) => (choice ? choices[choice].find(([known]) => known === id)?.[1] : id);
    return [value].flat().filter(Boolean).map(name).join(", ") || none;
  }

  /* --- The fields ---------------------------------------------------------------------------------------- */

  function show(number) {
    const part = parts[number];
    at.fields.replaceChildren();
    if (!part) return;
    const heading = make("h2", { tabIndex: -1 }, part.title);
    at.fields.append(heading, make("p", {}, part.note), ...part.leads.flatMap(lead));
    part.blocks.forEach((block) => at.fields.append(...shown(block, part.blocks.length === 1)));
    return heading;
  }

  function lead({ text, to }) {
    const link = (number) => {
      const button = make("button", { type: "button", className: "link" }, parts[number].title);
      button.addEventListener("click", () => {
        at.part.value = number;
        show(number).focus();
      });
      return button;
    };
    return [make("p", {}, text), ...to.map(link)];
  }

  function shown({ heading, lead: said, places: own }, alone) {
    const inside = [make("p", {}, said), ...own.map(field)];
    if (!heading) return inside;
    const open = alone || own.some((place) => Object.hasOwn(values, place));
    return [make("details", { open }, make("summary", {}, heading), ...inside)];
  }

  function field(place) {
    const { input, label, hint } = kinds[places[place].kind];
    const id = `place-${place}`;
    const said = make("span", { className: "hint", id: `${id}-hint` }, hint);
    const wrong = make("p", { className: "wrong", id: `${id}-wrong`, role: "alert" });
    const control = input === "ids" ? several(place) : input === "id" ? one(place) : typed(place);
    control.setAttribute("aria-describedby", `${id}-hint ${id}-wrong`);
    control.addEventListener("input", () => {
      const value = read(place, control);
      const given = value.length || places[place].optional;
      const fault = given && control.checkValidity() ? "" : given ? input : "empty";
      wrong.textContent = fault && words[fault];
      set(place, fault ? places[place].value : value);
    });
    if (input === "ids") {
      control.prepend(make("legend", {}, label), said);
      return make("div", {}, control, wrong);
    }
    control.id = id;
    return make("div", { className: "field" }, make("label", { htmlFor: id }, label), said, control, wrong);
  }

  /* What breaks lines in a field breaks none in the file. Of several, those that stood there keep their order. */
  function read(place, control) {
    if (control.tagName !== "FIELDSET") return control.value.replace(/[ \t\r\n]+/g, " ").trim();
    const given = [...control.querySelectorAll(":checked")].map((box) => box.value);
    const { value } = places[place];
    return [...value.filter((id) => given.includes(id)), ...given.filter((id) => !value.includes(id))];
  }

  function typed(place) {
    const { input } = kinds[places[place].kind];
    const value = valueOf(place);
    if (input === "text") return make("textarea", { rows: 3, value });
    return make("input", { type: input, autocomplete: "off", value });
  }

  function one(place) {
    const { choice, none } = kinds[places[place].kind];
    const every = [...(places[place].optional ? [["", none]] : []), ...choices[choice]];
    const options = every.map(([value, name]) =>
      make("option", { value, selected: value === valueOf(place) }, name),
    );
    return make("select", {}, ...options);
  }

  function several(place) {
    const boxes = choices[kinds[places[place].kind].choice].map(([value, name]) => {
      const checked = valueOf(place).includes(value);
      return make("label", {}, make("input", { type: "checkbox", value, checked }), name);
    });
    return make("fieldset", {}, make("div", {}, ...boxes));
  }

  /* --- The changes --------------------------------------------------------------------------------------- */

  function set(place, value) {
    if (String(value) === String(places[place].value)) delete values[place];
    else values[place] = value;
    left = false;
    list();
  }

  function list() {
    const changed = Object.keys(values);
    at.changes.replaceChildren(...changed.map(item));
    at.download.disabled = !changed.length;
    const key = ["none", "one"][changed.length] ?? "several";
    say(words[key].replace("{count}", changed.length));
  }

  function say(text) {
    if (at.said.textContent !== text) at.said.textContent = text;
  }

  function item(place) {
    const undo = make("button", { type: "button" }, words.undo);
    undo.setAttribute("aria-label", `${words.undo}: ${names[place]}`);
    undo.addEventListener("click", () => {
      delete values[place];
      list();
      show(at.part.value);
      at["own-heading"].focus();
    });
    const pairs = [
      [words.before, places[place].value],
      [words.after, values[place]],
    ].flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, told(place, value))]);
    return make("li", {}, make("p", {}, names[place]), make("dl", {}, ...pairs), undo);
  }

  /* --- The file ------------------------------------------------------------------------------------------ */

  /* Whether somebody else has changed the file, as far as a preview can tell. */
  async function stale() {
    try {
      const answer = data.now && (await fetch(data.now, { cache: "no-store" }));
      return Boolean(answer) && answer.ok && !seen.includes(await answer.text());
    } catch {
      return false;
    }
  }

  async function download() {
    if (await stale()) return say(words.stale);
    const text = window.rutinForm.filled(data, values);
    const href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    make("a", { href, download: data.name }).click();
    setTimeout(() => URL.revokeObjectURL(href), 60000);
    seen.push(text);
    left = true;
    say(words.done.replace("{name}", data.name));
  }

  at.part.addEventListener("change", () => show(at.part.value));
  at.download.addEventListener("click", download);
  window.addEventListener("beforeunload", (event) => {
    if (Object.keys(values).length && !left) event.preventDefault();
  });
  document.getElementById("no-script").hidden = true;
  at.form.hidden = false;
  list();
})();
