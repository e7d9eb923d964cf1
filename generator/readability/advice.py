"""Plain language: advice about what readers meet, and how hard it is to read. It never fails anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from generator.locale import listed, t
from generator.model import (
    Action,
    Document,
    Node,
    Otherwise,
    Party,
    Purpose,
    Situation,
    Step,
    Text,
    Tree,
    Unit,
    visit,
)
from generator.model.declared import Reads, declared, each_of
from generator.model.position import Pos
from generator.readability.words import ADVISED_LANGUAGE, language
from generator.reading.diagnostics import Diagnostic, in_order
from generator.routine.wording import sentence, wording_for

LONG = 25
_WORD = re.compile(r"[^\W_]+(?:[-’][^\W_]+)*")
# In a name such as "Park- samt vattenverket".
_IN_NAME = r"(?<!- )"
_QUOTED = re.compile("”[^”]*”")
_CLAUSE_END = re.compile("[,;:()]")
# Where somebody is told what to do. Elsewhere the routine, the law or a story is told.
_TELLING = ("units", "questions", "conditions", "actions", "situations", "introduction")
_END = re.compile(r"[.!?][”)]*(?=\s|$)")


@dataclass(frozen=True)
class Piece:
    """A text as a reader meets it. ``kind`` is its list in the tree; ``places`` are where to look for it.

    ``actor`` is false where the routine itself names nobody, so that no sentence can.
    """

    kind: str
    text: str
    places: tuple[Pos, ...]
    asks: bool = False
    label: bool = False
    actor: bool = True


@dataclass(frozen=True)
class Found:
    """What a rule found in a text: from where to where, and the advice."""

    start: int
    end: int
    rule: str
    message: str


def pieces(tree: Tree) -> list[Piece]:
    """Return every text that readers meet, each step sentence once; ids and headings are left out."""
    found: dict[tuple[str, tuple[Pos, ...]], Piece] = {}
    for kind in (f.name for f in declared(Tree)):
        for node in visit(getattr(tree, kind)):
            for piece in (*_texts(kind, node), *_sentences(tree, kind, node)):
                key = (piece.text, () if kind == "situations" else piece.places)
                found.setdefault(key, piece)
    return list(found.values())


def advice(tree: Tree, text: str) -> list[Diagnostic]:
    """Return the advice about a tree without findings, each piece at its place in the tree's text.

    There is none on a language that nothing is known about.
    """
    if tree.routine.language != ADVISED_LANGUAGE:
        return []
    lines = text.splitlines()
    unnamed = frozenset(word.lower() for action in tree.actions for word in words(action.unnamed or ""))
    given: dict[tuple[str, str], list[Pos]] = {}
    advised: dict[tuple[str, str], Found] = {}
    for piece in pieces(tree):
        for found in _found(piece, unnamed):
            said = (found.message, _sentence_at(piece.text, found.start))
            advised.setdefault(said, found)
            given.setdefault(said, []).append(_place(piece, found, lines))
    return in_order(_once(advised[said], places) for said, places in given.items())


def _once(found: Found, places: Sequence[Pos]) -> Diagnostic:
    """Return the advice at its first place, with the lines where the very same sentence stands, too."""
    first, *again = sorted(set(places))
    also = listed([str(pos.line) for pos in again]) if again else ""
    message = f"{found.message} {t('readability.again', lines=also)}" if again else found.message
    return Diagnostic(first, found.rule, message)


def _sentence_at(text: str, at: int) -> str:
    return next((text[start:end] for start, end in _spans(text) if start <= at < end), text)


def unlinked(tree: Tree) -> list[Document]:
    """Return the documents that the work needs and that have no address to link to."""
    needing = (node for node in tree.parts if isinstance(node, (Unit, Situation, Step, Otherwise)))
    followed = {action.document for action in tree.actions} | {id for one in needing for id in one.documents}
    return [document for document in tree.documents if document.id in followed and not document.url]


def measures(tree: Tree) -> dict[str, float]:
    """Return LIX for each kind of text, by its list in the tree, and for the whole under ``""``."""
    kept = [p for p in pieces(tree) if not p.label]
    by_kind = {kind: [p.text for p in kept if p.kind == kind] for kind in dict.fromkeys(p.kind for p in kept)}
    return {"": lix([p.text for p in kept]), **{kind: lix(texts) for kind, texts in by_kind.items()}}


def lix(texts: Sequence[str]) -> float:
    """Return LIX: words per sentence, and the share in per cent of words with more than six letters."""
    ends = sum(len(sentences(text)) for text in texts)
    found = [word for text in texts for word in words(text)]
    if not found:
        return 0.0
    return len(found) / ends + 100 * sum(len(word) > 6 for word in found) / len(found)


def words(text: str) -> list[str]:
    """Return the words and numbers of a text; a hyphen joins, a slash parts."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a full stop in an abbreviation ends none."""
    return [text[start:end] for start, end in _spans(text)]


def _spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for end in _END.finditer(text):
        rest = text[end.end() :].lstrip()
        if not rest or (not rest[0].islower() and not _abbreviated(text[: end.end()], rest)):
            spans.append((start, end.end()))
            start = len(text) - len(rest)
    if words(text[start:]):
        spans.append((start, len(text.rstrip())))
    return spans


def _abbreviated(before: str, rest: str) -> bool:
    last = before.rsplit(maxsplit=1)[-1].strip("(”").lower()
    return last in _set("abbreviations") or (last in _set("closing") and not rest[0].isupper())


def _texts(kind: str, node: object) -> Iterator[Piece]:
    """Yield the texts that stand in the tree as they are read."""
    for f in declared(type(node)) if isinstance(node, Node) else ():
        reads = f.metadata.get("reads")
        for text in each_of(getattr(node, f.name)) if reads else ():
            asks, label = reads is Reads.QUESTION, reads is Reads.LABEL
            yield Piece(kind, text, (text.pos,), asks=asks, label=label)


def _sentences(tree: Tree, kind: str, node: object) -> Iterator[Piece]:
    """Yield a step's sentence, at its action's wording, at what fills it, or at the step itself."""
    if isinstance(node, Step):
        wording = wording_for(tree.get(node.action, Action), len(node.who))
        texts = [wording, *(text for part in _parts(tree, node) for text in _own_texts(part))]
        places = (*(text.pos for text in texts if text), node.pos)
        yield Piece(kind, sentence(tree, node), places, actor=bool(node.who))


def _parts(tree: Tree, step: Step) -> Iterator[Node]:
    """Yield the purpose, the units and the parties whose words a step's sentence has."""
    if step.purpose:
        yield tree.get(step.purpose, Purpose)
    for id in (*step.to, *step.with_, *step.who):
        yield tree.get(id, Unit, Party)


def _own_texts(node: Node) -> Iterator[Text]:
    for f in declared(type(node)):
        yield from (text for text in each_of(getattr(node, f.name)) if isinstance(text, Text))


def _place(piece: Piece, found: Found, lines: Sequence[str]) -> Pos:
    """Return the place of what was found, as exactly as the tree's lines show it."""
    excerpt = piece.text[found.start : found.end]
    for pos in piece.places:
        line, column = lines[pos.line - 1], pos.column - 1
        whole = line.find(piece.text, column)
        at = whole + found.start if whole >= 0 else line.find(excerpt, column)
        if at >= 0:
            return Pos(pos.line, at + 1, len(excerpt))
    return piece.places[-1]


def _found(piece: Piece, unnamed: frozenset[str]) -> Iterator[Found]:
    """Yield what the rules find. Who does what ``unnamed`` wordings say, the routine says nowhere."""
    own = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), piece.text)
    yield from _better_words(own)
    if piece.asks:
        yield from _compound(piece.text)
    for start, end in _spans(piece.text):
        inside = piece.text[start:end]
        if len(words(inside)) > LONG:
            yield Found(start, end, "long-sentence", t("readability.long-sentence", count=len(words(inside))))
        asked_who = piece.kind in _TELLING and piece.actor and not piece.label
        for verb in _passives(own[start:end], unnamed) if asked_who else ():
            message = t("readability.passive", word=verb[0])
            yield Found(start + verb.start(), start + verb.end(), "passive", message)


def _better_words(text: str) -> Iterator[Found]:
    for match in _known_words().finditer(text):
        better = _better()[match[0].lower()]
        yield Found(*match.span(), "better-word", t("readability.better-word", word=match[0], better=better))


def _compound(text: str) -> Iterator[Found]:
    """Find two questions in one: two question marks, or a word that joins two clauses."""
    if text.count("?") > 1:
        yield Found(0, len(text), "compound-question", t("readability.compound-question"))
        return
    found = list(_WORD.finditer(text))
    said = [match[0].lower() for match in found]
    for n in range(1, len(said) - 1):
        joins = said[n] in (t("join.and"), t("join.or"))
        if joins and _begins_clause(said[n + 1]) and _set("verbs") & set(said[:n]):
            yield Found(found[n].start(), len(text), "compound-question", t("readability.compound-question"))
            return


def _begins_clause(word: str) -> bool:
    """Whether a word begins a question of its own: a finite verb, or a question word."""
    return word in _set("verbs") | _set("questions")


def _passives(sentence: str, unnamed: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield the verbs in the passive of a main clause of which no "av" says who acts.

    In the present only: what has been done is nobody's to do.
    """
    found = list(_WORD.finditer(sentence))
    said = [match[0].lower() for match in found]
    for n, match in enumerate(found):
        named = t("readability.agent") in said[n + 1 :] or said[n] in unnamed
        if _is_passive(said[n]) and not named and not _is_subordinate(sentence[: match.start()]):
            yield match


def _is_subordinate(before: str) -> bool:
    """Whether what stands before a verb in its clause makes the clause part of another."""
    clause = [word.lower() for word in words(_CLAUSE_END.split(before)[-1])]
    return bool(_set("subordinate") & set(clause)) or clause[:1] == [t("readability.if")]


def _is_passive(word: str) -> bool:
    if word in _set("active") | _set("other") or not word.endswith("s") or len(word) < 3:
        return False
    if word in _set("passive"):
        return True
    return word.endswith("yses") or (
        word.endswith("as") and not word.endswith(("rnas", "isas")) and len(word) > 4
    )


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(str(language()[name]).split())


@cache
def _better() -> dict[str, str]:
    """Return what to write instead, by each form of a word."""
    listed = language()["better"].items()
    return {form: str(better) for forms, better in listed for form in str(forms).split(", ")}


@cache
def _known_words() -> re.Pattern[str]:
    longest_first = sorted(_better(), key=lambda form: (-len(form), form))
    return re.compile(rf"{_IN_NAME}\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)
