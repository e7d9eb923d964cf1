"""What a change of the tree means: for the terminal, the log of versions, the meeting and the editor."""
