"""What follows from a tree: its cases and their ways, the steps with their sentences, and what is certain."""
