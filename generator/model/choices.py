"""Keys with a closed choice of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from generator.locale import languages, strings
from generator.model.decisions import Gap
from generator.model.document import Document, Routine
from generator.model.learning import Lesson
from generator.model.work import Column, Deadline, Otherwise, Unit

_LEFT_OUT = ("who", "with", "to", "purpose", "when", "within", "documents", "note", "facts", "only")

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
