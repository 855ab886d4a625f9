"""Pages of the measures stage."""
