"""Changes of the procurement tables, in order."""
