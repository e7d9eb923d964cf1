"""An invented routine whose ends are reached in ways that have nothing in common."""

from pathlib import Path

TREE = Path(__file__).with_name("tree.yaml")
