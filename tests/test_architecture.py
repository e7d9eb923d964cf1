"""Imports run one way, and files and functions stay small."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from generator.locale import strings
from tests.conftest import ROOT

GENERATOR = ROOT / "generator"
MODULES = sorted(GENERATOR.rglob("*.py"))
# The folders of the generator, lowest first: each may import from itself and from those before it.
LAYERS = [
    "failure",
    "locale",
    "model",
    "reading",
    "routine",
    "rules",
    "diff",
    "exercises",
    "readability",
    "pages",
    "navigator",
    "data",
    "printing",
    "outputs",
    "build",
    "bundle",
    "commands",
    "cli",
    "__main__",
]
# What touches the disk, a process or an engine; all else is pure.
ADAPTERS = {
    "build",
    "commands",
    "cli",
    "__main__",
    *(f"printing/{name}.py" for name in ("typesetter", "form_fields", "font")),
}
PACKAGED = {  # these read files of the package itself
    "locale/__init__.py",
    "readability/words.py",
    "bundle/licences/__init__.py",
    "data/rutin_schema.py",
}
KEEPING = {"pages/compiled_templates.py": {"mkdir"}}  # what it compiled, where Python keeps what it did
OUTSIDE = {"mkdocs", "playwright", "typst", "subprocess", "socket", "signal"}
DISK = {"open", "read_text", "write_text", "read_bytes", "write_bytes", "mkdir"}


def layer(module: Path) -> str:
    return module.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imported(module: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(ROOT).as_posix())
def test_imports_run_one_way(module: Path) -> None:
    own = layer(module)
    if own == "__init__":
        return
    for name in imported(module):
        parts = name.split(".")
        if parts[0] == "generator" and len(parts) > 1 and parts[1] in LAYERS:
            is_hook = module.name == "mkdocs_hook.py"
            assert is_hook or LAYERS.index(parts[1]) <= LAYERS.index(own), name


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.relative_to(ROOT).as_posix())
def test_only_adapters_touch_the_outside(module: Path) -> None:
    below = module.relative_to(GENERATOR).as_posix()
    if {layer(module), below} & ADAPTERS:
        return
    assert not {name.split(".")[0] for name in imported(module)} & OUTSIDE
    called = {
        n.func.attr if isinstance(n.func, ast.Attribute) else getattr(n.func, "id", "")
        for n in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(n, ast.Call)
    }
    if below not in PACKAGED:
        assert called & DISK == KEEPING.get(below, set())


def test_files_and_functions_stay_small() -> None:
    lengths = [len(m.read_text("utf-8").splitlines()) for m in MODULES]
    functions = [
        (node.end_lineno or 0) - node.lineno + 1
        for m in MODULES
        for node in ast.walk(ast.parse(m.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    ]
    assert sorted(lengths)[len(lengths) // 2] <= 100
    assert max(lengths) <= 300
    assert max(functions) <= 50
    assert sorted(functions)[len(functions) // 2] <= 10


def keys(value: object, above: str = "") -> set[str]:
    if not isinstance(value, dict):
        return {above}
    return {key for name, below in value.items() for key in keys(below, f"{above}.{name}" if above else name)}


def test_every_interface_string_is_used() -> None:
    templates = (GENERATOR / folder / "templates" for folder in ("pages", "printing"))
    files = [
        *MODULES,
        *(file for folder in templates for file in folder.iterdir()),
        *(ROOT / "site_overrides").rglob("*.js"),
    ]
    text = "\n".join(f.read_text("utf-8") for f in files)
    # Looked up by a name that stands in the tree, in a rule or in the results of a test.
    looked_up = (
        "checks.",
        "readability.levels.",
        "shapes.",
        "deadline.of.",
        "changes.comes.",
        "changes.goes.",
        "documents.",
        "form.script.",
        "join.numbers",
        "limits.by-hand",
        "limits.ordinal",
        "statement.checks.",
        "statement.engine_checks.",
        "weights.",
        "keys.",
        "frame.",
    )
    dotted = [name.split(".") for name in set(re.findall(r"[\w-]+(?:\.[\w-]+)+", text))]
    named = {".".join(name[at:end]) for name in dotted for at in (0, 1, 2) for end in range(len(name) + 1)}
    for key in keys(strings()):
        above, _, last = key.rpartition(".")
        # A script or print has the words of its own part alone: words.title, or w.title.
        by_name = {key, f"words.{key}", f"words.{last}", f"w.{last}"} & named
        by_part = any(made in text for made in (f"{above}.{{", f"{above}.' ~", f"words.{above}["))
        by_value = by_part and (f'"{last}"' in text or f"'{last}'" in text)
        assert key.startswith(looked_up) or by_name or by_value or f"}}.{last}" in text, key
