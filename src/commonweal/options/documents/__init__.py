"""Papers of the options stage."""
