"""Pages that the editor alone sees."""
