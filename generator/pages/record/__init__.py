"""The text for the case record: all that can be said, each with where it is said."""
