"""An invented tree of any size, made by rule: where one question leads to the next, level below level.

It has gaps with ways into another branch, and a situation that goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from tests.conftest import TINY

OPTIONS = "abc"
Entry = dict[str, Any]


def deep_text(levels: int) -> str:
    """Return the text of a valid tree that asks at most ``levels`` questions, each with three answers."""
    tree: Entry = yaml.safe_load(TINY.read_text("utf-8"))
    ways = [way for length in range(levels) for way in _ways(length)]
    ends = list(_ways(levels))
    tree["facts"] = [
        _fact(level, [*OPTIONS, "genast"] if level == 0 else [*OPTIONS]) for level in range(levels)
    ]
    tree["questions"] = [_question(way) for way in ways]
    tree["nodes"] = [_node(way) for way in ways]
    (model,) = tree["situations"]
    at_once = {"id": "genast", "facts": {"f0": "genast"}, "continues": _continues()}
    tree["situations"] = [model | {"title": "Genast", "short": "Genast"} | at_once]
    tree["situations"] += [model | _end(way) for way in ends if not _is_gap(way)]
    (gap,) = tree["gaps"]
    tree["gaps"] = [gap | _gap(way) for way in ends if _is_gap(way)]
    tree["conditions"][0]["event"]["otherwise"] = tree["conditions"][0]["unconfirmed"] = tree["gaps"][0]["id"]
    tree["frames"] = []
    tree["introduction"] = []
    tree["examples"] = [_example(way) for way in ends]
    tree["examples"].append(
        _example(("genast", *["a"] * (levels - 1))) | {"leads_to": ["genast", _id(("a",) * levels)]}
    )
    return json.dumps(tree, ensure_ascii=False, default=str)


def _ways(length: int) -> Iterator[tuple[str, ...]]:
    """Yield every way of so many answers."""
    if length == 0:
        yield ()
        return
    for way in _ways(length - 1):
        for option in OPTIONS:
            yield (*way, option)


def _id(way: tuple[str, ...]) -> str:
    return "-".join(("n", *way)) if way else "start"


def _is_gap(way: tuple[str, ...]) -> bool:
    return way[0] == "b" and way[-1] == "c"


def _facts(way: tuple[str, ...]) -> dict[str, str]:
    return {f"f{level}": option for level, option in enumerate(way)}


def _fact(level: int, values: list[str]) -> Entry:
    return {
        "id": f"f{level}",
        "label": f"Fakta {level}",
        "values": [{"id": v, "label": f"Värde {v}"} for v in values],
    }


def _question(way: tuple[str, ...]) -> Entry:
    options = [*OPTIONS, "genast"] if not way else [*OPTIONS]
    return {
        "id": f"q-{_id(way)}",
        "text": f"Vad gäller efter {' '.join(way) or 'inget'}?",
        "short": f"Efter {' '.join(way) or 'inget'}",
        "why": "Svaret avgör vad som frågas sedan. " * 3,
        "where": "Det står i den påhittade pärmen. " * 3,
        "cite": "1/1",
        "options": [
            {"id": o, "label": f"Svaret {o}", "short": f"{len(way)}{o}", "facts": {f"f{len(way)}": o}}
            for o in options
        ],
    }


def _node(way: tuple[str, ...]) -> Entry:
    goto = {option: _id((*way, option)) for option in OPTIONS}
    return {"id": _id(way), "ask": f"q-{_id(way)}", "goto": goto if way else {**goto, "genast": "genast"}}


def _continues() -> Entry:
    return {"text": "Gå vidare.", "node": _id(("a",)), "as": {"f0": "a"}}


def _end(way: tuple[str, ...]) -> Entry:
    return {
        "id": _id(way),
        "title": f"Slut {' '.join(way)}",
        "short": f"Slut {' '.join(way)}",
        "facts": _facts(way),
    }


def _gap(way: tuple[str, ...]) -> Entry:
    """Return a gap with two ways on: into another branch, and to its neighbour."""
    ways = [{"label": "Gör som i den första grenen", "as": {"f0": "a"}}]
    ways.append({"label": "Gör som med ett annat sista svar", "as": {f"f{len(way) - 1}": "a"}})
    end = {key: value for key, value in _end(way).items() if key != "short"}
    return {**end, "nearest": ["genast"], "ways": ways}


def _example(way: tuple[str, ...]) -> Entry:
    name = "-".join(way)
    return {
        "id": f"fall-{name}",
        "title": f"Fall {name}",
        "narrative": f"Någon har svarat {name}.",
        "facts": _facts(way),
        "leads_to": _id(way),
    }
