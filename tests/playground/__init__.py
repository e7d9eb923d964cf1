"""An invented routine from another field, which the same generator turns into a site."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.built import give_papers
from tests.conftest import ROOT

FOLDER = Path(__file__).parent
TREE = FOLDER / "tree" / "lekplats.yaml"


def copy_playground(to: Path) -> Path:
    """Put the invented routine beside the generator and the site's own files, untouched."""
    for folder in (ROOT / "generator", ROOT / "site_overrides", FOLDER / "tree", FOLDER / "content"):
        shutil.copytree(folder, to / folder.name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(FOLDER / "mkdocs.yml", to)
    give_papers(to)
    return to
