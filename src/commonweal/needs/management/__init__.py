"""Commands of the needs stage."""
