"""What hangs on a situation's steps by rule."""

from __future__ import annotations

from dataclasses import replace

from generator.model import Text, Tree
from generator.routine.steps import frames_of


def test_a_frame_holds_where_all_that_the_situation_covers_has_its_facts(tiny: Tree) -> None:
    situation = tiny.situations[0]
    (frame,) = frames_of(tiny, situation, "fylla")
    (fact, values), *_ = frame.on.facts.items()
    wider = replace(situation, facts={**situation.facts, fact: (*values, Text("annat"))})
    silent = replace(situation, facts={f: v for f, v in situation.facts.items() if f != fact})
    assert frames_of(tiny, wider, "fylla") == []
    assert frames_of(tiny, silent, "fylla") == []
