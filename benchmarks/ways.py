"""What checking costs where every question asks for a fact of its own: it grows with the ways alone.

Combinations are three times as many with every question. The floor is reading the same file.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable

from benchmarks.frame import Row, cost
from benchmarks.synthetic import HEAD, VALUES
from generator.build.memory import uncollected
from generator.reading import yaml_nodes
from generator.reading.parse import parse
from generator.rules import check
from tests.conftest import ROOT

RUNS = 2
_STEPS = [
    {"action": "rakna", "who": "disk", "with": "lager", "purpose": "ordning", "when": "saknas"},
    {"action": "ringa", "who": "lager", "to": "spelaren"},
    {"action": "torka", "who": "disk"},
    {"action": "laga", "who": "verkstad", "with": "disk", "phase": "sedan"},
    {"action": "trosta", "to": "spelaren", "force": "advised"},
]


def tree(ways: int, *, chain: bool = False) -> str:
    """Return the text of a tree with this many ways, or one more, to as many situations.

    Each question has three options. In a chain two of them end; else the tree is as low as it can be.
    """
    nodes: list[dict[str, object]] = []
    waiting: deque[tuple[str, dict[str, str]]] = deque([("n0", {})])
    ends: list[tuple[str, dict[str, str]]] = []
    number = 1
    while len(waiting) + len(ends) < ways:
        id, facts = waiting.popleft()
        fact = f"f{len(nodes)}"
        below = [(f"n{number + n}", {**facts, fact: value}) for n, value in enumerate(VALUES)]
        number += len(VALUES)
        goto = {value: name for value, (name, _) in zip(VALUES, below, strict=True)}
        nodes.append({"id": id, "ask": fact, "goto": goto})
        waiting.extend(below[:1] if chain else below)
        ends += below[1:] if chain else []
    return _written(nodes, [*ends, *waiting])


def crossing(questions: int) -> str:
    """Return the text of a tree where each question follows whatever was answered before: 3 ways, 9, 27.

    The last one decides the end.
    """
    last = questions - 1
    ahead = [dict.fromkeys(VALUES, f"n{n + 1}") for n in range(last)] + [{v: f"s-{v}" for v in VALUES}]
    nodes: list[dict[str, object]] = [
        {"id": f"n{n}", "ask": f"f{n}", "goto": to} for n, to in enumerate(ahead)
    ]
    return _written(nodes, [(f"s-{value}", {f"f{last}": value}) for value in VALUES], frame=f"f{last}")


def _written(
    nodes: list[dict[str, object]], ends: list[tuple[str, dict[str, str]]], frame: str = "f0"
) -> str:
    source = {
        "id": "data",
        "number": "1",
        "heading": "Allt",
        "pages": "1",
        "paragraphs": 1,
        "page_id": "allt",
    }
    lists = {
        "facts": [_fact(n) for n in range(len(nodes))],
        "questions": [_question(n) for n in range(len(nodes))],
        "nodes": nodes,
        "situations": [_situation(*end, _STEPS if n == 0 else _STEPS[:1]) for n, end in enumerate(ends)],
        "source": [source],
        "gaps": [],
    }
    head = HEAD.replace("start: n\n", "start: n0\n").replace("{f1: a}", f"{{{frame}: [a, b, c]}}")
    return head + "".join(f"{kind}: {json.dumps(made)}\n" for kind, made in lists.items())


def _fact(n: int) -> dict[str, object]:
    values = [{"id": value, "label": f"Läge {value} i {n}"} for value in VALUES]
    return {"id": f"f{n}", "label": f"Läge {n}", "values": values}


def _question(n: int) -> dict[str, object]:
    named = {"id": f"f{n}", "text": f"Vilket läge är ruta {n}?", "short": f"Ruta {n}"}
    options = [
        {"id": value, "label": f"Läge {value}", "short": f"{n} {value}", "facts": {f"f{n}": value}}
        for value in VALUES
    ]
    return {
        **named,
        "why": "Läget avgör stegen.",
        "where": "På kartan.",
        "cite": "data/1",
        "options": options,
    }


def _situation(id: str, facts: dict[str, str], taken: list[dict[str, str]]) -> dict[str, object]:
    steps = [{"phase": "forst", "force": "must", "cite": "data/1", **step} for step in taken]
    named = {"id": id, "title": f"Spel {id}", "short": f"Spel {id}"}
    return {**named, "facts": facts, "source": "data", "steps": steps}


def rows() -> list[Row]:
    """Return what it costs to check each tree."""
    return [_row(name, bar) for name, (_, bar) in TREES.items()]


def _row(name: str, bar: int | None) -> Row:
    command = [sys.executable, "-m", "benchmarks.ways", name]
    measured: list[dict[str, float]] = [json.loads(cost(command, ROOT).output) for _ in range(RUNS)]
    read, checked = (min(one[step] for one in measured) for step in ("read", "check"))
    figures = f"{checked:.2f} s", f"reading {read:.2f} s", round(checked / read, 2)
    return Row(f"check, {name}", *figures, f"≤ {bar} s" if bar else "", bar is None or checked <= bar)


def _main(name: str) -> None:
    # A tree larger than any routine; the limits are for files gone wrong.
    yaml_nodes.MAX_BYTES = yaml_nodes.MAX_PARTS = 1_000_000_000
    text, times = TREES[name][0](), {}
    for step, act in (("read", parse), ("check", check)):
        start = time.process_time()
        act(text)
        times[step] = time.process_time() - start
    print(json.dumps(times))


# Name → the tree, and seconds at most. The last two have more parts than the product takes in a file.
TREES: dict[str, tuple[Callable[[], str], int | None]] = {
    "102 ways to as many ends": (lambda: tree(102), 1),
    "102 ways in a chain": (lambda: tree(102, chain=True), 1),
    "19,683 ways to 3 ends": (lambda: crossing(9), 10),
    "1,000 ways to as many ends": (lambda: tree(1_000), None),
    "10,000 ways to as many ends": (lambda: tree(10_000), 10),
}

if __name__ == "__main__":
    with uncollected():
        _main(sys.argv[1])
