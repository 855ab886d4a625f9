"""Changes of the providers tables, in order."""
