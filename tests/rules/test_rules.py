"""Every rule finds its mistake, at its place, in words: the cases are data."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
import yaml

from generator import rules
from generator.reading.diagnostics import render
from generator.rules import check
from tests.conftest import ROOT

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/rules/cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['rule']}: {c.get('name', 'found')}")
def test_a_mistake_is_reported_at_its_place(case: dict[str, Any], tiny_text: str) -> None:
    text = tiny_text
    for old, new in case["change"]:
        assert old in text
        text = text.replace(old, new, 1)
    _, findings = check(text)
    report = render(findings, "tree.yaml", text)
    assert case["rule"] in {finding.rule for finding in findings}
    if "expect" in case:
        assert report == case["expect"]
    else:
        assert report.startswith(case["begins"])
        assert case["ends"] in report


def test_every_rule_has_a_case() -> None:
    own = {module.name.replace("_", "-") for module in pkgutil.iter_modules(rules.__path__)}
    parsing = {"syntax", "unknown-key", "missing-key", "duplicate-key", "empty-text", "empty-list", "type"}
    parsing.add("many")
    assert {case["rule"] for case in CASES} == own | parsing


def test_every_rule_is_registered_once() -> None:
    modules = [
        importlib.import_module(m.name) for m in pkgutil.iter_modules(rules.__path__, "generator.rules.")
    ]
    registered = [*rules.LOCAL, *(rule for rule, _ in rules.WHOLE)]
    assert len(registered) == len(set(registered))
    assert {rule.__module__ for rule in registered} == {module.__name__ for module in modules}


def test_all_mistakes_are_reported_in_one_run(tiny_text: str) -> None:
    text = tiny_text.replace("action: trosta", "action: trösta").replace(
        "cite: 1-vatten/3", "cite: 1-vatten/9"
    )
    text = text.replace("shape: fyrkant", "shape: fyrkannt").replace("why: Felet avgör stegen.", "why: ''")
    _, findings = check(text)
    assert {f.rule for f in findings} == {"known-target", "known-citation", "known-word", "empty-text"}


def test_what_stands_below_a_situation_s_section_is_its_own(tiny_text: str) -> None:
    _, findings = check(tiny_text.replace("source: 1-vatten", 'source: "1"'))
    assert findings == []


def test_the_tiny_tree_has_no_mistakes(tiny_text: str) -> None:
    _, findings = check(tiny_text)
    assert findings == []
