"""An invented routine that asks which of several units are needed, with boxes to tick."""

from pathlib import Path

TREE = Path(__file__).with_name("tree.yaml")
