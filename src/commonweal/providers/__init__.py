"""The providers stage: who could do what, known and built up."""
