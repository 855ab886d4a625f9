"""What may be done with agreements."""
