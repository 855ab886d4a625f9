"""Pages of the providers stage."""
