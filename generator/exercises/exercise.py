"""What every exercise is: a prompt, one right choice, wrong ones, and what the answer rests on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from generator.locale import listed, quoted, t
from generator.model import Citations, Frame, Gap, Tree
from generator.routine.boxes import Box
from generator.routine.frames import frames_in
from generator.routine.reservations import reservations
from generator.routine.steps import PlacedStep, steps_of

MOST = 3  # wrong choices; more make a question long, not harder


@dataclass(frozen=True)
class Choice:
    """One alternative. ``why`` says where it applies; ``place`` is the id of that situation, step or gap."""

    key: str
    text: str
    why: str = ""
    place: str = ""


@dataclass(frozen=True)
class Exercise:
    """A question with one right choice.

    ``answer`` is what is right by its ids, whatever the words: two versions with equal answers teach
    the same. ``place`` is the id of a node, situation, gap or ``situation/step``; ``units`` are the ids
    of those that the question concerns; ``gaps`` are those right next to the answer. ``frames`` hold for what
    its choices do, and ``also`` whatever is done. ``further`` says what only the page of its place tells.
    """

    id: str
    prompt: str
    right: Choice
    wrong: tuple[Choice, ...]
    why: tuple[str, ...]
    cites: Citations
    place: str
    units: tuple[str, ...]
    answer: object
    gaps: tuple[Gap, ...] = ()
    frames: tuple[Frame, ...] = ()
    also: tuple[Frame, ...] = ()
    further: str = ""

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return all choices in an order that tells nothing and is always the same."""
        return tuple(sorted((self.right, *self.wrong), key=lambda choice: _mixed(self.id, choice.key)))


def pick(seed: str, count: int) -> int:
    """Return a number below the count, always the same one for a seed."""
    return int(_mixed(seed, "")[:8], 16) % count


def _mixed(seed: str, key: str) -> str:
    return sha256(f"{seed} {key}".encode()).hexdigest()


def each_once(choices: Iterable[Choice], right: str) -> tuple[Choice, ...]:
    """Return the first choice of each text, but for those with the text of the right one."""
    found: dict[str, Choice] = {}
    for choice in choices:
        if choice.text != right:
            found.setdefault(choice.text, choice)
    return tuple(found.values())


def qualified_by(tree: Tree, placed: PlacedStep) -> tuple[str, ...]:
    """Return the note of a step, and what names each of its frames."""
    qualifies = reservations(tree, placed)
    note = [str(qualifies.note)] if qualifies.note else []
    return (*note, *(t("practice.frame", title=frame.title) for frame in qualifies.frames))


def of_step(tree: Tree, choice: Choice, placed: PlacedStep) -> Choice:
    """Return a wrong choice that a step is, or is taken from: its feedback names what qualifies it there."""
    titles = [quoted(gap.title) for gap in reservations(tree, placed).gaps]
    gaps = [t("practice.unclear-at", titles=listed(titles))] if titles else []
    return replace(choice, why=" ".join((choice.why, *qualified_by(tree, placed), *gaps)), place=placed.id)


def framed(tree: Tree, exercise: Exercise, cases: Sequence[Box]) -> Exercise:
    """Return an exercise with the frames that hold in its cases: under one, what is wrong may be right.

    Those of the cases themselves belong to what is done there, not to the questions on the way.
    """
    places = [exercise.place, *(choice.place for choice in exercise.wrong if choice.key == choice.place)]
    ends = dict.fromkeys(place.partition("/")[0] for place in places)
    steps = [placed for placed in steps_of(tree, list(ends)) if placed.id in places]
    found = [frame for p in steps for frame in frames_in(tree, cases, p.step.action)]
    found += [frame for p in steps if p.id == exercise.place for frame in p.frames]
    frames = tuple(frame for frame in tree.frames if frame in found)
    is_done = bool(steps) or exercise.right.key == exercise.place
    return replace(exercise, frames=frames, also=tuple(frames_in(tree, cases)) if is_done else ())


def ids_of(nodes: Sequence[object]) -> tuple[str, ...]:
    """Return the ids of nodes as plain strings."""
    return tuple(str(getattr(node, "id", "")) for node in nodes)
