"""What the providers stage sets on paper."""
