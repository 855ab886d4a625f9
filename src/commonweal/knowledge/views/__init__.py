"""Pages of the common language."""
