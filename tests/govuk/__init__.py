"""Two flows of GOV.UK, and their ways as read from the flows."""

from pathlib import Path

FLOWS = Path(__file__).parent
