"""Whatever is wrong with how a situation takes over another's steps is told at its place, all at once."""

from __future__ import annotations

import re

import pytest

from generator.locale import strings, t
from generator.rules import check
from tests.playground import TREE

PLACE = "    same_steps_as: trasig-lampa\n"
# Lines in place of it → the finding's key, the word that it points at, and a word of its message.
WRONG = {
    "without: [registrera, aterkopla]": ("step", "aterkopla", "Menade du ”aterkoppla”?"),
    "except: [{step: sparra-av, who: parkdrift}]": (
        "step",
        "sparra-av",
        "registrera, lamna-over, planera-byte",
    ),
    "except: [{step: laga}]": ("nothing", "laga", "laga"),
    "except: [{step: laga, who: belysning, force: may}]": ("same", "belysning", "who"),
    "except: [{step: laga, cite: 1-lampa/2, force: may}]": ("same", "1-lampa/2", "cite"),
    "except: [{step: [registrera, lga], force: may}]": ("step", "lga", "Menade du ”laga”?"),
    "except: [{step: [lamna-over, laga], who: kundcenter}]": ("same", "kundcenter", "lamna-over"),
    "except: [{step: laga, without: note}]": ("without", "note", "laga"),
    "except: [{step: lamna-over, to: parkdrift, without: to}]": ("without", "to", "lamna-over"),
    "{without: [laga], except: [{step: laga, force: may}]}": ("left-out", "laga", "rad"),
}


def _text(lines: str) -> str:
    own = lines.strip("{}").replace("], except", "]\n    except") if lines.startswith("{") else lines
    text = TREE.read_text("utf-8")
    assert text.count(PLACE) == 1
    return text.replace(PLACE, f"{PLACE}    {own}\n")


@pytest.mark.parametrize("lines", WRONG)
def test_what_is_wrong_with_an_exception_is_told_at_its_place(lines: str) -> None:
    key, word, told = WRONG[lines]
    text = _text(lines)
    (found,) = check(text)[1]
    assert found.rule == "same-steps"
    said = re.escape(strings()["checks"]["same-steps"][key])
    assert re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", said), found.message)
    assert told in f"{found.message} {found.hint}"
    line = text.splitlines()[found.pos.line - 1]
    assert line[found.pos.column - 1 :].startswith(word)


def test_everything_is_told_at_once() -> None:
    _, findings = check(_text("except: [{step: laga}, {step: spara, to: x}, {step: laga, force: ma}]"))
    assert [f.rule for f in findings] == [
        "same-steps",
        "same-steps",
        "known-target",
        "duplicate-id",
        "known-target",
    ]


def test_a_step_of_the_other_s_is_not_simply_repeated() -> None:
    own = "        who: belysning\n        with: parkdrift\n"
    text = TREE.read_text("utf-8")
    assert text.count(f"      - action: besoka\n{own}") == 1
    text = text.replace(f"      - action: besoka\n{own}", f"      - action: besoka\n        id: laga\n{own}")
    (found,) = check(text)[1]
    assert (found.rule, found.hint) == ("duplicate-id", t("hints.same-steps"))
    assert check(text.replace(PLACE, f"{PLACE}    without: laga\n"))[1] == []


def test_a_situation_has_steps_of_its_own_or_of_another() -> None:
    everything = "without: [registrera, lamna-over, planera-byte, laga, aterkoppla]"
    text = _text(everything)
    own = text[
        text.index("    steps:\n", text.index(everything)) : text.index("  - id: efter-besiktning\n    title")
    ]
    (found,) = check(text.replace(own, ""))[1]
    assert found.message == t("checks.same-steps.no-steps")
    alone = TREE.read_text("utf-8").replace(own, "")
    assert check(alone)[1] == []  # the steps of the other are enough
    (found,) = check(alone.replace(PLACE, ""))[1]
    assert (found.rule, "steps" in found.message) == ("missing-key", True)
