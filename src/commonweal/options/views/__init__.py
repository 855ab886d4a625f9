"""Pages of the options stage."""
