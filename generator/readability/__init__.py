"""Advice on the language; it never stops anything."""
