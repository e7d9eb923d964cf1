"""What checking costs where every question asks for a fact of its own: it grows with the ways alone.

Combinations are three times as many with every question. The floor is reading the same file.
"""

from __future__ import annotations

import json
import sys
import time
from collections import deque

from benchmarks.frame import Row, cost
from benchmarks.steps import lift_limits
from benchmarks.synthetic import HEAD, VALUES
from generator.build.memory import uncollected
from generator.reading.parse import parse
from generator.rules import check
from tests.conftest import ROOT

BARS = {102: 1, 1_000: None, 10_000: 10}  # ways → seconds at most
RUNS = 3
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
    lists = {
        "facts": [_fact(n) for n in range(len(nodes))],
        "questions": [_question(n) for n in range(len(nodes))],
        "nodes": nodes,
        "situations": [
            _situation(*end, _STEPS if n == 0 else _STEPS[:1]) for n, end in enumerate((*ends, *waiting))
        ],
        "source": [
            {"id": "data", "number": "1", "heading": "Allt", "pages": "1", "paragraphs": 1, "page_id": "allt"}
        ],
        "gaps": [],
    }
    head = HEAD.replace("start: n\n", "start: n0\n").replace("{f1: a}", "{f0: a}")
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
    """Return what it costs to check each tree, and how that grows."""
    found = []
    for ways, most in BARS.items():
        measured = [_measured(ways) for _ in range(RUNS)]
        read, checked = (min(one[step] for one in measured) for step in ("read", "check"))
        bar = f"≤ {most} s" if most else ""
        kept = most is None or checked <= most
        found.append(
            Row(
                f"check, {ways:,} ways",
                f"{checked:.2f} s",
                f"reading {read:.2f} s",
                round(checked / read, 2),
                bar,
                kept,
            )
        )
    return found


def _measured(ways: int) -> dict[str, float]:
    times: dict[str, float] = json.loads(
        cost([sys.executable, "-m", "benchmarks.ways", str(ways)], ROOT).output
    )
    return times


def _main(ways: int) -> None:
    lift_limits()
    text, times = tree(ways), {}
    for step, act in (("read", parse), ("check", check)):
        start = time.process_time()
        act(text)
        times[step] = time.process_time() - start
    print(json.dumps(times))


if __name__ == "__main__":
    with uncollected():
        _main(int(sys.argv[1]))
