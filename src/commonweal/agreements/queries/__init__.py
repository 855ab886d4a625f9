"""What may be read of agreements."""
