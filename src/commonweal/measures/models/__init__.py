"""The records of the measures stage."""
