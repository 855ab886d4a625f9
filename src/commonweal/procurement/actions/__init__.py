"""What may be done in the procurement stage."""
