"""Steps in one form, from three sides: what the tree says, what a page shows, what the data holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from generator.locale import capitalized
from generator.model import Citation, Force, Party, Phase, Section, Text, Tree, Unit
from generator.routine.cases import Walk
from generator.routine.steps import steps_of
from generator.routine.steps_on import on_way
from generator.routine.wording import paragraphs_of, section_number

READ = """
(within) => [...document.querySelectorAll(within + " li.r-step:not([hidden])")].map((step) => {
  const text = (selector) => {
    const found = step.querySelector(selector);
    return found && found.checkVisibility() ? found.innerText.replace(/\\s+/g, " ").trim() : "";
  };
  // In the sentence itself, or in a line of their own.
  const names = (role) => [...step.querySelectorAll(`.r-text .r-as-${role}, .r-${role} > span:not(.r-comma)`)]
    .map((name) => name.innerText.replace(/^[^\\p{L}]+/u, "").trim());
  return {
    number: step.value,
    id: step.dataset.step,
    sentence: text(".r-sentence .r-text"),
    force: text(".r-sentence .r-force"),
    who: names("who"),
    with: names("with"),
    to: names("to"),
    when: text(".r-when").replace(/:$/, ""),
    phase: step.closest(".r-phase").querySelector(".r-phase__title").innerText.trim(),
    note: text(".r-note"),
    cite: text(".r-place > .r-cite") || text(":scope > .r-cite"),
    ids: ["action", "who", "with", "to", "when", "phase", "force"].map((key) => step.dataset[key]),
  };
})
"""


# What a force is called where it stands beside the sentence, from its words inside it.
FORCES = {
    "ska": "Ska",
    "bör": "Bör",
    "kan": "Kan",
    "ska vid behov": "Vid behov",
    "det är bra att": "Bra att",
    "det är viktigt att": "Viktigt",
}


@dataclass(frozen=True)
class Shown:
    """One step as people read it, and the ids behind it."""

    number: int
    id: str
    sentence: str
    force: str
    who: tuple[str, ...]
    with_: tuple[str, ...]
    to: tuple[str, ...]
    when: str
    phase: str
    note: str
    cite: str
    ids: tuple[str, ...]


def on_page(page: Page, within: str = "") -> list[Shown]:
    """Return the steps that the open page shows: visible text, not markup. What is folded is opened first."""
    page.evaluate("() => document.querySelectorAll('.r-place').forEach((place) => (place.open = true))")
    return [
        Shown(
            number=step["number"],
            id=step["id"],
            sentence=step["sentence"],
            force=FORCES.get(step["force"].lower(), step["force"]),
            who=tuple(map(_label, step["who"])),
            with_=tuple(map(_label, step["with"])),
            to=tuple(map(_label, step["to"])),
            when=step["when"],
            phase=step["phase"],
            note=step["note"],
            cite=step["cite"],
            ids=tuple(step["ids"]),
        )
        for step in page.evaluate(READ, within)
    ]


def _label(name: str) -> str:
    """Return what a unit is called in lists, from its name in a sentence."""
    return capitalized(re.sub(r"^enheten för ", "", name, flags=re.IGNORECASE))


def in_model(tree: Tree, situation: str, known: Mapping[str, str] | None = None) -> list[Shown]:
    """Return the steps that the tree itself says, with the labels of what it refers to.

    With what is ``known`` of a case, they are those of that case.
    """
    at = Text(situation)
    each = ((p, on_way(tree, p, Walk((), at, known or {}))) for p in steps_of(tree, (at,)))
    # Who is left of those in it, a page tells by what it says before the step.
    taken = [p if p.step.only and held.with_condition != p.sentence else held for p, held in each if held]

    def labels(ids: tuple[Text, ...]) -> tuple[str, ...]:
        nodes = [tree.get(id, Unit, Party) for id in ids]
        return tuple(str(getattr(n, "label", None) or capitalized(n.name)) for n in nodes)

    return [
        Shown(
            number=placed.number,
            id=placed.id,
            sentence=placed.sentence,
            force=str(tree.get(step.force, Force).label),
            who=labels(step.who),
            with_=labels(step.with_),
            to=labels(step.to),
            when=str(placed.condition.text) if placed.condition else "",
            phase=str(tree.get(step.phase, Phase).label),
            note=str(step.note or ""),
            cite=_place(tree, step.cite),
            ids=_ids(step.action, step.who, step.with_, step.to, step.when, step.phase, step.force),
        )
        for placed in taken
        for step in (placed.step,)
    ]


def in_data(data: dict[str, Any], situation: str) -> list[Shown]:
    """Return the steps that rutin.json holds, read with nothing but rutin.json."""
    names = {u["id"]: u["label"] for u in data["units"]}
    names |= {p["id"]: capitalized(p["name"]) for p in data["parties"]}
    label = {kind: {x["id"]: x["label"] for x in data[kind]} for kind in ("forces", "phases")}
    texts = {c["id"]: c["text"] for c in data["conditions"]}
    (found,) = [s for s in data["situations"] if s["id"] == situation]
    return [
        Shown(
            number=number,
            id=step["id"],
            sentence=sentence,
            force=label["forces"][step["force"]],
            who=tuple(names[id] for id in step["who"]),
            with_=tuple(names[id] for id in step["with"]),
            to=tuple(names[id] for id in step["to"]),
            when=when,
            phase=label["phases"][step["phase"]],
            note=step["note"] or "",
            cite=_told(step["citation"]),
            ids=_ids(*(step[k] for k in ("action", "who", "with", "to", "when", "phase", "force"))),
        )
        for number, step in enumerate(found["steps"], start=1)
        for when, sentence in (_parted(step, texts),)
    ]


def _parted(step: dict[str, Any], conditions: dict[str, str]) -> tuple[str, str]:
    """Return a step's condition and sentence; one that holds in some cases only has both in its sentence."""
    if step["facts"] or step["only"]:
        found = re.fullmatch("(.*”(?:[.] [^:”]*)?): (.*)", step["sentence"])
        assert found
        return found[1], found[2]
    return conditions[step["when"]] if step["when"] else "", step["sentence"]


def _place(tree: Tree, citation: Citation) -> str:
    section = tree.get(citation.section, Section)
    paragraphs = paragraphs_of(citation)
    number = section_number(tree, section)
    return f"Avsnitt {number}, {section.heading}, stycke {paragraphs}, s. {section.pages}"


def _told(citation: dict[str, str]) -> str:
    heading = citation["heading"].split(" – ")[-1]
    return f"Avsnitt {citation['section']}, {heading}, stycke {citation['paragraph']}, s. {citation['page']}"


def _ids(*values: Any) -> tuple[str, ...]:
    return tuple(v or "" if v is None or isinstance(v, str) else " ".join(v) for v in values)
