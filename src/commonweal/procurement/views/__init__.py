"""Pages of the procurement stage."""
