"""What may be read of the procurement stage."""
