"""The one write path of the common language."""
