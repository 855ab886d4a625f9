"""Changes of the priorities tables, in order."""
