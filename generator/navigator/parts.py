"""The navigator's data cut into parts, when it is too large for every page to load.

A part is a question with what follows it, down to where further parts begin. Each node is in one part only.
Where a part ends, an end with ``part`` stands for the node that goes on in the next one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from generator.model import Situation
from generator.navigator.data import Data, data, literal, script
from generator.pages.site import Page, Site

LIMIT = 40_000  # bytes, about 7 kB when compressed
FIRST = "assets/navigator-data.js"
FOLDER = "assets/navigator"
LOADER = "assets/navigator-parts.js"


@dataclass(frozen=True)
class Parts:
    """The scripts by path, and by node or end what its pages load besides the first of them."""

    files: Mapping[str, str]
    needed: Mapping[str, tuple[str, ...]]

    def on(self, page: Page) -> Page:
        """Return a page of the navigator with the scripts that it needs."""
        about = page.path.rsplit("/", 1)[-1]
        return replace(page, scripts=self.needed.get(about, ())) if page.navigator else page


def parts(site: Site, limit: int = LIMIT) -> Parts:
    """Return the navigator's data: one script, or if that has more than ``limit`` bytes, many.

    None of these has more than ``limit`` bytes, save one with a single question that does. All of them
    together grow with the number of options: each option brings one end at most.
    """
    whole = data(site)
    if _bytes(script(whole)) <= limit:
        return Parts({FIRST: script(whole)}, {})
    home = _homes(whole, limit)
    members: dict[str, list[str]] = {}
    for node, root in home.items():
        members.setdefault(root, []).append(node)
    made = {root: _part(whole, nodes) for root, nodes in members.items()}
    first = made.pop(whole["start"])
    # A reader may come by a gap from anywhere.
    made |= {id: {"ends": {id: end}} for id, end in whole["ends"].items() if end.get("ways")}
    texts = {id: f"rutinParts.add({literal(part)});\n" for id, part in sorted(made.items())}
    # Named by what they hold: a browser that keeps the parts of an older site must not mix them with these.
    folder = f"{FOLDER}/{sha256(''.join(texts.values()).encode()).hexdigest()[:12]}/"
    files = {f"{folder}{id}.js": text for id, text in texts.items()}
    files[FIRST] = script({**whole, **first, "parts": folder})
    needed = {id: (LOADER, *(f"{folder}{part}.js" for part in way)) for id, way in _ways(site, home)}
    return Parts(files, needed)


def _bytes(text: str) -> int:
    return len(text.encode())


def _part(whole: Data, nodes: Iterable[str]) -> Data:
    """Return what a part with these nodes holds."""
    inside = {id: whole["nodes"][id] for id in nodes}
    asked = {node["ask"]: whole["questions"][node["ask"]] for node in inside.values()}
    ends = {id: end for node in inside.values() for id, end in _ends(whole, node) if id not in inside}
    return {"questions": asked, "nodes": inside, "ends": ends}


def _ends(whole: Data, node: Data) -> Iterator[tuple[str, Data]]:
    """Yield what a node leads to: ends, and a stand-in for each node."""
    for target in node["goto"].values():
        for id in (target, whole["ends"].get(target, {}).get("on")):
            if id in whole["ends"]:
                yield id, whole["ends"][id]
            elif id:
                yield id, {"page": whole["nodes"][id]["page"], "part": 1}


def _homes(whole: Data, limit: int) -> dict[str, str]:
    """Return node → the node that its part begins with.

    From the leaves upwards, a node takes the parts that begin below it into its own while there is room,
    the smallest first. A node that several lead to begins a part in any case.
    """
    order = _from_the_start(whole)
    led_to = Counter(id for node in order for id in _leads_to(whole, node))
    sizes = {id: _size(whole, id) for id in order}
    room = limit - _bytes(script({**whole, "questions": {}, "nodes": {}, "ends": {}}))
    into: dict[str, str] = {}
    for id in reversed(order):
        below = {t for t in whole["nodes"][id]["goto"].values() if t in sizes and led_to[t] == 1}
        for target in sorted(below, key=lambda t: (sizes[t], t)):
            if sizes[id] + sizes[target] <= room:
                sizes[id] += sizes[target]
                into[target] = id
    home: dict[str, str] = {}
    for id in order:
        home[id] = home[into[id]] if id in into else id
    return home


def _size(whole: Data, id: str) -> int:
    """Return the bytes that a node adds to its part when it shares nothing there."""
    node = whole["nodes"][id]
    return _bytes(literal([{id: node}, {node["ask"]: whole["questions"][node["ask"]]}, *_ends(whole, node)]))


def _leads_to(whole: Data, id: str) -> dict[str, None]:
    """Return the nodes that a node leads to, also past an end that goes on."""
    return {target: None for target, _ in _ends(whole, whole["nodes"][id]) if target in whole["nodes"]}


def _from_the_start(whole: Data) -> list[str]:
    """Return every node, first those that are fewer questions away."""
    found = {whole["start"]: None}
    for id in (waiting := [whole["start"]]):
        new = [target for target in _leads_to(whole, id) if target not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return list(found)


def _ways(site: Site, home: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield the last of the path of each node's and end's page, with the parts on the way to it."""
    tree = site.tree
    yield "index", []
    for place in (*tree.nodes, *tree.situations, *tree.end_gaps):
        passed = [str(answer.node.id) for answer in site.answers_to(place.id)]
        if place.id in home:
            passed.append(str(place.id))
        elif isinstance(place, Situation) and place.continues:
            passed.append(str(place.continues.node))
        yield str(place.id), list(dict.fromkeys(home[id] for id in passed if home[id] != tree.routine.start))
