"""The commands: each reads what it needs, runs the core, and hands the result on."""
