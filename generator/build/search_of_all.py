"""A search over all routines: each finds the pages of the others, too."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from generator.build.search_index import store

# Each engine's index below a site, without its ending, and what it calls its entries.
_INDEXES = {"search/search_index": "docs", "search": "items"}
Entries = list[dict[str, Any]]


def write(site: Path, titles: Mapping[str, str], common: Collection[str]) -> None:
    """Let the search of a list of routines, and that of each in its folder, find the pages of all.

    ``titles`` has what each routine is called by its id, in the order of the list; ``common`` are the pages
    that they have in common.
    """
    for name, entries in _INDEXES.items():
        paths = {id: (site / id / name) for id in ("", *titles)}
        if paths[""].with_suffix(".json").exists():
            found = {
                id: json.loads(path.with_suffix(".json").read_text("utf-8")) for id, path in paths.items()
            }
            own = {id: index[entries] for id, index in found.items()}
            for id, path in paths.items():
                store(path, {**found[id], entries: of_all(own, titles, common, id)})


def of_all(
    own: Mapping[str, Entries], titles: Mapping[str, str], common: Collection[str], at: str
) -> Entries:
    """Return what the search at a routine finds, or at the list where ``at`` is empty.

    Its own pages come first among those that fit as well.

    What is another's says whose it is, beside its title: as a part of it, each page would be found by that.
    """
    up = "../" if at else ""
    known = at or next(iter(titles))  # whose pages stand for all of those in common
    others = [
        {
            **entry,
            "location": f"{up}{id}/{entry['location']}",
            **_as_another_s(entry, title, 0.5 if at else 1),
        }
        for id, title in titles.items()
        if id != at
        for entry in own[id]
        if id == known or entry["location"].partition("#")[0] not in common
    ]
    return [*own[at], *others]


def _as_another_s(entry: dict[str, Any], title: str, weight: float) -> dict[str, Any]:
    """Return how each engine shows whose an entry is, and, where it weighs them, what it weighs."""
    if "path" in entry:
        return {"path": [title, *entry["path"]]}
    return {"tags": [title], "boost": entry["boost"] * weight}
