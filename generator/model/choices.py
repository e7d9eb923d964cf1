"""Keys with a closed choice of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING

from generator.locale import languages, strings
from generator.model.decisions import Gap
from generator.model.declared import declared, key_of
from generator.model.document import Document, Routine
from generator.model.learning import Lesson
from generator.model.work import Column, Deadline, Otherwise, Step, Unit

# What a step has to have cannot be left out of one.
_REQUIRED = {f.name for f in declared(Step) if f.default is f.default_factory is MISSING}
_LEFT_OUT = tuple(key_of(f) for f in declared(Otherwise) if f.name not in {*_REQUIRED, "step", "without"})

# (class, key) → the words that the key can hold.
CHOICES: Mapping[tuple[type, str], Callable[[], Sequence[str]]] = {
    (Routine, "language"): languages,  # the product's own words are in no other
    (Unit, "shape"): lambda: tuple(strings()["shapes"]),
    (Gap, "weight"): lambda: tuple(strings()["weights"]),
    (Deadline, "of"): lambda: tuple(strings()["deadline"]["of"]),
    (Column, "shows"): lambda: ("to", "who", "who-and-with"),
    (Document, "kind"): lambda: tuple(strings()["documents"]),
    (Otherwise, "without"): lambda: _LEFT_OUT,
    (Lesson, "shows"): lambda: ("units", "terms", "way", "situations", "frames", "practice"),
}
