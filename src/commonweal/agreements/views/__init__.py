"""Pages of the agreements stage."""
