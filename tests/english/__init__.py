"""An invented routine in English, which becomes a site as `new` makes it in that language."""

from __future__ import annotations

from pathlib import Path

from generator.cli import main
from tests.conftest import copy_project

TREE = Path(__file__).parent / "tree.yaml"
# A version that was put away: one duty of today's was weaker.
BEFORE = (
    ("2024-03-01.1\n  language", "2024-01-02.1\n  language"),
    (
        "{action: block, who: desk, phase: at-once, force: must",
        "{action: block, who: desk, phase: at-once, force: may",
    ),
)


def earlier() -> str:
    """Return the text of the version before, without what its list did not have."""
    text = TREE.read_text("utf-8")
    for now, before in BEFORE:
        assert now in text
        text = text.replace(now, before)
    newest = text[text.index("  - version: 2024-03-01.1") : text.index("  - version: 2024-01-02.1")]
    return text.replace(newest, "")


def copy_begun(to: Path, name: str, text: str, language: str = "en") -> Path:
    """Copy the project, begin a routine in a language, and put another's text in the draft's place."""
    project = copy_project(to)
    for file in (project / "tree").rglob("*.yaml"):
        file.unlink()
    assert main(["--root", str(project), "new", name, "--language", language]) == 0
    (project / f"tree/{name}.yaml").write_text(text, "utf-8")
    return project


def copy_english(to: Path) -> Path:
    """Copy the project with the invented routine, and the version of it that was put away."""
    project = copy_begun(to, "keys", TREE.read_text("utf-8"))
    (project / "tree/versions").mkdir(exist_ok=True)
    (project / "tree/versions/2024-01-02.1.yaml").write_text(earlier(), "utf-8")
    return project
