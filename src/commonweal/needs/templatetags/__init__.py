"""Template tags of the needs stage."""
