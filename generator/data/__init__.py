"""The routine for other systems."""
