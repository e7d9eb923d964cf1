# ruff: noqa: E501 - the YAML is easier to read as it is written
"""Invented trees of any size, to measure on: valid, always the same, and of one shape at every size.

Every level asks for one fact, ternary; a tree of ``levels`` levels has (3^levels − 1) / 2 nodes. What the
next-to-last answer is does not matter for where a case ends, as in any routine that asks more than it
needs: so the situations, the gaps, the sections and the examples all grow with the nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

VALUES = ("a", "b", "c")
# Nodes, as they are asked for → levels that come closest.
SIZES = {100: 5, 1_000: 7, 10_000: 9}
STEPS = 4

HEAD = """\
routine:
  id: spel
  title: Rutin för utlåning av brädspel
  short_title: Brädspel
  organisation: Påhittade spelklubben
  document_type: Rutin
  applies_to: Alla lokaler
  decided_by: Spelrådet
  decided_on: 2024-01-02
  valid_from: 2024-02-01
  valid_until: Tills vidare
  revised_on: 2024-03-01
  revision_note: Nya spel
  owners: [spelchef]
  version: 2024-03-01.1
  language: sv
  start: n
  contact: spel@example.org
  gaps_note: Spelchefen bestämmer.
  cite: data/1
out_of_scope: []
forces:
  - {id: must, label: Ska, modal: ska, meaning: Måste göras.}
  - {id: advised, label: Bra att, opening: det är bra att, meaning: Gör gärna.}
units:
  - {id: disk, name: disken, label: Disken, shape: cirkel, summary: Lånar ut spelen., cite: data/1, duties: [{id: plikt, text: Sköt det., force: must, cite: data/1}]}
  - {id: lager, name: lagret, label: Lagret, shape: fyrkant, summary: Sköter hyllorna., cite: data/1, duties: [{id: plikt, text: Sköt det., force: must, cite: data/1}]}
  - {id: verkstad, name: verkstaden, label: Verkstaden, shape: triangel, summary: Lagar., cite: data/1, duties: [{id: plikt, text: Sköt det., force: must, cite: data/1}]}
parties:
  - {id: spelaren, name: spelaren}
roles:
  - {id: spelchef, name: Spelchefen}
phases:
  - {id: forst, label: Först}
  - {id: sedan, label: Sedan}
conditions:
  - {id: saknas, text: Om en bricka saknas}
purposes:
  - {id: ordning, label: Ordning, text: för att få ordning}
actions:
  - {id: rakna, label: Räkna brickor, question: När räknar vi?, text: "{who} {modal} räkna brickorna {with} {purpose}."}
  - {id: ringa, label: Ringa, question: När ringer vi?, text: "{who} {modal} ringa {to}."}
  - {id: torka, label: Torka, question: När torkar vi?, text: "{who} {modal} torka brädet."}
  - {id: laga, label: Laga, question: När lagar vi?, text: "{who} {modal} laga kartongen {with}."}
  - {id: trosta, label: Trösta, question: När tröstar vi?, unnamed: "{opening} trösta {to}."}
matrix:
  - {id: raknar, label: Räknar, actions: [rakna], shows: who-and-with}
frames:
  - id: forsiktigt
    title: Sköra brickor
    on: {action: laga, facts: {f1: a}}
    statements:
      - {text: Limmet torkar långsamt., cite: data/1}
documents: []
topics: []
"""
_STEPS = (
    "{action: rakna, who: disk, with: lager, purpose: ordning, when: saknas, phase: forst, force: must",
    "{action: ringa, who: lager, to: spelaren, phase: forst, force: must",
    "{action: torka, who: disk, phase: sedan, force: must",
    "{action: trosta, to: spelaren, phase: sedan, force: advised",
)
_OTHER_STEP = "{action: laga, who: verkstad, with: disk, phase: sedan, force: must"


def tree(nodes: int) -> str:
    """Return the YAML text of a tree of about this many nodes. Raises KeyError for an unknown size."""
    return of_levels(SIZES[nodes])


def of_levels(levels: int) -> str:
    """Return the YAML text of a tree with this many questions on each way, five at least."""
    lines = [*_document(levels), *_questions(levels), *_nodes(levels), *_ends(levels)]
    return HEAD + "\n".join(lines) + "\n"


def number_of_nodes(levels: int) -> int:
    """Return how many nodes a tree of this many levels has."""
    return sum(3**level for level in range(levels))


def _prefixes(length: int) -> Iterator[str]:
    return ("".join(values) for values in product(VALUES, repeat=length))


def _document(levels: int) -> Iterator[str]:
    """Yield the document's outline: a chapter for every few situations, and a section for each."""
    yield "source:"
    yield '  - {id: data, heading: Dokumentdata, pages: "1", paragraphs: 1}'
    for n, chapter in enumerate(_prefixes(levels - 5), 1):
        name = chapter or "alla"
        yield f'  - {{id: k-{name}, number: "{n}", heading: Spel {name}, pages: "{n}", paragraphs: 0, page_id: k-{name}}}'
        for rest in _prefixes(2):
            section = chapter + rest
            yield f'  - {{id: a-{section}, heading: Lån {section}, pages: "{n}", paragraphs: {STEPS + 1}, parent: k-{name}}}'


def _questions(levels: int) -> Iterator[str]:
    yield "facts:"
    for n in range(1, levels + 1):
        values = ", ".join(f"{{id: {v}, label: Läge {v} i {n}}}" for v in VALUES)
        yield f"  - {{id: f{n}, label: Läge {n}, values: [{values}]}}"
    yield "questions:"
    for n in range(1, levels + 1):
        yield f"  - id: f{n}"
        yield f"    text: Vilket läge är det i ruta {n}?"
        yield f"    short: Ruta {n}"
        yield "    why: Läget avgör stegen."
        yield "    where: På kartongen."
        yield "    known_by: [disk]"
        yield "    cite: data/1"
        yield "    options:"
        for v in VALUES:
            yield f"      - {{id: {v}, label: Läge {v}, short: Ruta {n} {v}, facts: {{f{n}: {v}}}}}"


def _nodes(levels: int) -> Iterator[str]:
    """Yield the nodes, named by the answers that lead there."""
    yield "nodes:"
    for n in range(levels):
        for prefix in _prefixes(n):
            goto = ", ".join(f"{v}: {_target(prefix + v, levels)}" for v in VALUES)
            yield f"  - {{id: {_node(prefix)}, ask: f{n + 1}, goto: {{{goto}}}}}"


def _node(prefix: str) -> str:
    return f"n-{prefix}" if prefix else "n"


def _target(answers: str, levels: int) -> str:
    """Return where answers lead: what the next-to-last one is does not matter, and the last c is a gap."""
    if len(answers) < levels:
        return _node(answers)
    kept = answers[: levels - 2]
    return f"g-{kept[:-1]}" if answers[-1] == "c" else f"s-{kept}"


def _ends(levels: int) -> Iterator[str]:
    yield "situations:"
    for kept in _prefixes(levels - 2):
        yield from _situation(kept, levels)
    yield "gaps:"
    for kept in _prefixes(levels - 3):
        yield f"  - id: g-{kept}"
        yield f"    title: Rutan är tom i {kept}"
        yield f"    facts: {_written({**_facts(kept), f'f{levels}': 'c'})}"
        yield "    text: Rutinen nämner bara de andra lägena."
        yield "    cite: data/1"
        yield f"    nearest: [s-{kept}a]"
        yield "    decided_by: [spelchef]"
        yield f"    ways: [{{label: Gör som i a, as: {{f{levels}: a}}}}]"
    yield "examples:"
    for kept in _prefixes(levels - 2):
        yield from _example(f"s-{kept}", _facts(kept + "aa"))
    for kept in _prefixes(levels - 3):
        yield from _example(f"g-{kept}", _facts(kept + "aac"))


def _facts(answers: str) -> dict[str, str]:
    return {f"f{n}": value for n, value in enumerate(answers, 1)}


def _written(facts: dict[str, str]) -> str:
    return "{" + ", ".join(f"{fact}: {value}" for fact, value in facts.items()) + "}"


def _situation(kept: str, levels: int) -> Iterator[str]:
    """Yield a situation; of three in a row, the last has the first one's steps and one of its own."""
    section = kept[:-1]
    yield f"  - id: s-{kept}"
    yield f"    title: Låna spel {kept}"
    yield f"    short: Spel {kept}"
    yield f"    facts: {_written({**_facts(kept), f'f{levels}': '[a, b]'})}"
    yield f"    source: a-{section}"
    if kept.endswith("c"):
        yield f"    same_steps_as: s-{kept[:-1]}a"
    yield "    steps:"
    chosen = {"a": _STEPS, "b": (_STEPS[0], _OTHER_STEP), "c": (_OTHER_STEP,)}[kept[-1]]
    for n, step in enumerate(chosen, 1):
        paragraph = STEPS + 1 if step == _OTHER_STEP else n
        yield f"      - {step}, cite: a-{section}/{paragraph}}}"


def _example(id: str, facts: dict[str, str]) -> Iterator[str]:
    yield f"  - id: fall-{id}"
    yield f"    title: Ett lån i {id}"
    yield f"    narrative: Någon vill låna ett spel. Kartongen står i {id}."
    yield f"    facts: {_written(facts)}"
    yield f"    leads_to: {id}"
