"""Template tags of the agreements stage."""
