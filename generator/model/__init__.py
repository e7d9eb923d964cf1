"""The typed model of a routine. Field names are the YAML keys (a trailing ``_`` is dropped).

Every text knows its place in the file. What a field is, and what it refers to, is
declared with it, so that reading, checking, comparing and describing the format rest on these classes alone.
"""

from generator.model.base import Citation, Citations, FactSet, Named, Node, Statement, Text, Texts, visit
from generator.model.choices import CHOICES
from generator.model.decisions import (
    Ask,
    Continuation,
    Example,
    Fact,
    Frame,
    Gap,
    Option,
    Question,
    Rule,
    Situation,
    Value,
    Way,
)
from generator.model.document import Document, OutOfScope, Revision, Routine, Section, Topic
from generator.model.learning import Lesson, Term
from generator.model.tree import SHARED, Tree, once
from generator.model.work import (
    Action,
    Attempt,
    Attempts,
    Column,
    Condition,
    Duty,
    Event,
    Force,
    Party,
    Phase,
    Purpose,
    Role,
    Step,
    Unit,
)

__all__ = [
    "CHOICES",
    "SHARED",
    "Action",
    "Ask",
    "Attempt",
    "Attempts",
    "Citation",
    "Citations",
    "Column",
    "Condition",
    "Continuation",
    "Document",
    "Duty",
    "Event",
    "Example",
    "Fact",
    "FactSet",
    "Force",
    "Frame",
    "Gap",
    "Lesson",
    "Named",
    "Node",
    "Option",
    "OutOfScope",
    "Party",
    "Phase",
    "Purpose",
    "Question",
    "Revision",
    "Role",
    "Routine",
    "Rule",
    "Section",
    "Situation",
    "Statement",
    "Step",
    "Term",
    "Text",
    "Texts",
    "Topic",
    "Tree",
    "Unit",
    "Value",
    "Way",
    "once",
    "visit",
]
