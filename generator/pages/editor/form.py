"""The editor's form: what is changed most in the tree, each with its place in the file that is downloaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import chain
from json import dumps
from typing import Any, get_origin, get_type_hints

from markupsafe import Markup

from generator.locale import help_on, spoken, strings, t, title_of
from generator.model import Action, Named, Node, Otherwise, Situation, Text, Tree
from generator.model.declared import key_of, unwrapped
from generator.pages.alone import standalone
from generator.pages.editor.status import PAGE as STATUS
from generator.pages.rendering import source
from generator.reading.places import Place, Places
from generator.routine.lines import called
from generator.routine.wording import sentence

FILE = "formular.yaml"  # where a preview serves the tree's text, to tell whether it has changed
SCRIPTS = ("form_logic.js", "form.js")
# What of a node the form changes, and what the browser is told of it beside its type.
OF_A_STEP = ("who", "with", "when", "force")
OFFERED = {
    "Step": OF_A_STEP,
    "Otherwise": OF_A_STEP,
    "Action": ("text", "joint", "unnamed"),
    "Condition": ("text",),
    "Question": ("text",),
    "Routine": ("contact", "review_on"),
}
INPUTS = {"contact": "email", "review_on": "date"}
STYLE = """\
body { max-width: 72rem; }
[hidden] { display: none !important; }
label, legend { font-weight: 600; }
fieldset { border: 1px solid; margin: 1rem 0; padding: .4rem .8rem; min-width: 0; }
fieldset label { font-weight: normal; display: flex; gap: .5rem; min-height: 1.75rem; align-items: center; }
fieldset div { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); }
input, select, textarea { box-sizing: border-box; width: 100%; max-width: 46rem; padding: .4rem; }
input, select, textarea, button { font: inherit; }
input[type=checkbox] { width: 1.2rem; height: 1.2rem; flex: none; }
button { padding: .4rem .9rem; min-height: 2.5rem; }
button.link { display: block; border: 0; background: none; padding: .2rem 0; text-align: left; }
button.link { text-decoration: underline; color: LinkText; }
.field { margin: 1rem 0; }
.hint { display: block; margin: 0; font-weight: normal; }
.wrong { border-left: 4px solid; padding-left: .5rem; font-weight: 600; }
details { border-bottom: 1px solid; padding: .3rem 0; }
summary { padding: .3rem 0; font-weight: 600; }
:focus-visible { outline: 3px solid currentcolor; outline-offset: 2px; }
dt { font-weight: 600; }
@media (min-width: 60rem) {
  #form { display: grid; grid-template-columns: minmax(0, 1fr) 22rem; gap: 0 2.5rem; align-items: start; }
  #own { margin: 0; border: 0; position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; }
}
"""
Json = dict[str, Any]


def form_html(path: str, text: str, at: str, tree: Tree | None, *, served: bool = False) -> str:
    """Return the page: one to send or, ``served`` by a preview, one that sees whether the file has changed.

    Without a ``tree``, it says that the text has to be mended first.
    """
    data, groups = form_data(tree, text) if tree else ({}, [])
    name = path.rpartition("/")[2]
    data |= {"name": name, "now": FILE if served else "", "words": strings()["form"]["script"]}
    return standalone(
        "form.html.jinja",
        STYLE,
        script="\n".join(map(source, SCRIPTS)),
        # In a script, JSON could end it only by a "<".
        data=Markup(dumps(data, ensure_ascii=False).replace("<", "\\u003c")),  # noqa: S704, as said
        language=spoken(),
        title=t("form.title", title=tree.routine.short_title if tree else path),
        path=path,
        name=name,
        at=at,
        groups=groups,
        status=STATUS if served else "",
    )


def form_data(tree: Tree, text: str) -> tuple[Json, list[tuple[str, list[tuple[int, str]]]]]:
    """Return what the script has to know, and the parts to choose among: their numbers and titles by group.

    The text comes in pieces, and each second of them is that of a place, so that nobody has to count
    letters, which scripts do in another way.
    """
    parts = _Parts(tree, text)
    groups, of_all = [], list[Json]()
    for name, made in parts.by_group():
        groups.append((t(f"form.groups.{name}"), [(len(of_all) + n, p["title"]) for n, p in enumerate(made)]))
        of_all += made
    order = sorted(range(len(parts.places)), key=lambda n: (parts.places[n].start, parts.places[n].end, n))
    ranks = {number: rank for rank, number in enumerate(order)}
    for block in chain.from_iterable(part["blocks"] for part in of_all):
        block["places"] = [ranks[number] for number in block["places"]]
    places = [parts.places[number] for number in order]
    data = {
        "pieces": list(_pieces(text, places)),
        "places": [parts.chosen[number] for number in order],
        "kinds": parts.kinds,
        "choices": parts.choices,
        "parts": of_all,
    }
    return data, groups


def _pieces(text: str, places: Sequence[Place]) -> Iterator[str]:
    end = 0
    for place in places:
        yield text[end : place.start]
        yield text[place.start : place.end]
        end = place.end
    yield text[end:]


class _Parts:
    """The parts of the form: each a title, notes, parts that it leads to, and blocks of places."""

    def __init__(self, tree: Tree, text: str) -> None:
        self._tree, self._places = tree, Places(text)
        self.places: list[Place] = []
        self.chosen: list[Json] = []
        self.kinds: dict[str, Json] = {}
        self.choices: dict[str, list[tuple[str, str]]] = {}

    def by_group(self) -> Iterator[tuple[str, list[Json]]]:
        tree = self._tree
        yield "situations", [self._situation(one) for one in tree.situations]
        # A question of one of many values does not stand in the file as it is asked.
        asked = [question for question in tree.questions if not question.together]
        nodes = {"actions": tree.actions, "conditions": tree.conditions, "questions": asked}
        for name, each in nodes.items():
            yield name, [self._alone(name, one) for one in each]
        yield "routine", [self._part(t("form.groups.routine"), "routine", [self._block("", tree.routine)])]

    def _alone(self, name: str, node: Named) -> Json:
        return self._part(called(node), name, [self._block("", node)])

    def _part(self, title: str, name: str, blocks: list[Json], leads: Sequence[Json] = ()) -> Json:
        return {"title": title, "note": t(f"form.notes.{name}"), "leads": list(leads), "blocks": blocks}

    def _situation(self, situation: Situation) -> Json:
        tree = self._tree
        used = [n for n, one in enumerate(tree.situations) if one.same_steps_as == situation.id]
        taken = [n for n, one in enumerate(tree.situations) if one.id == situation.same_steps_as]
        both = ((t("form.taken"), taken), (t("form.used"), used))
        leads = [{"text": said, "to": to} for said, to in both if to]
        blocks = [self._block(t("form.otherwise", step=self._names(o)), o) for o in situation.except_]
        for number, step in enumerate(situation.steps, 1):
            action = tree.get(step.action, Action).label
            heading = t("form.step", number=number, action=action)
            blocks.append(self._block(heading, step, sentence(tree, step)))
        return self._part(situation.title, "situations", blocks, leads)

    def _names(self, other: Otherwise) -> str:
        known = self._tree.ids("actions")
        return ", ".join(self._tree.get(s, Action).label if s in known else s for s in other.step)

    def _block(self, heading: str, node: Node, lead: str = "") -> Json:
        """Return the places of a node: an action's wordings only where it has them."""
        cls = type(node).__name__
        numbers = [
            self._place(node, key, place)
            for key in OFFERED[cls]
            if (place := self._places.of(node, key))
            and (place.start < place.end or not isinstance(node, Action))
        ]
        where = t("form.line", line=node.pos.line)
        return {"heading": heading, "lead": f"{lead} {where}".strip(), "places": numbers}

    def _place(self, node: Node, key: str, place: Place) -> int:
        kind = self._kind(type(node), key)
        held = getattr(node, self.kinds[kind]["field"])
        value = held.written if isinstance(held, Text) else held  # its slots stay
        many = self.kinds[kind]["input"] == "ids"
        told: Json = {"kind": kind, "before": place.before, "value": list(value) if many else value or ""}
        may_go = place.removable and self.kinds[kind]["optional"]
        told |= {name: True for name, yes in (("optional", may_go), ("flow", place.flow)) if yes}
        self.places.append(place)
        self.chosen.append(told)
        return len(self.chosen) - 1

    def _kind(self, cls: type[Node], key: str) -> str:
        """Return the name under which it is told how a key of a class is shown: what the model says of it."""
        name = f"{cls.__name__}.{key}"
        if name not in self.kinds:
            field = next(f for f in fields(cls) if key_of(f) == key)
            wanted, may_be_none = unwrapped(get_type_hints(cls)[field.name])
            refers, many = field.metadata.get("ref", ()), get_origin(wanted) is tuple
            hint = help_on(cls.__name__, key).partition(". ")[2]
            as_there = t("form.as-there") if cls is Otherwise else ""
            shown = "ids" if many else "id" if refers else INPUTS.get(key, "text")
            self.kinds[name] = {
                "field": field.name,
                "input": shown,
                "choice": self._choice(refers) if refers else "",
                "none": as_there or t("form.none"),
                "optional": (may_be_none or many) and shown != "text",
                "label": title_of(cls.__name__, key),
                "hint": t("form.unchosen") if as_there and many else hint,
            }
        return name

    def _choice(self, refers: Sequence[str]) -> str:
        name = " ".join(refers)
        every: Iterable[Any] = chain.from_iterable(getattr(self._tree, kind) for kind in refers)
        self.choices[name] = [(node.id, _called(node)) for node in every]
        return name


def _called(node: Any) -> str:
    """Return what one of the choices is called: its name in a sentence, its label, or its text."""
    names = (getattr(node, key, None) for key in ("name", "label", "text"))
    return str(next(filter(None, names)))
