"""Changes of the options tables, in order."""
