"""The one read path of the common language."""
