"""Management of the procurement stage."""
