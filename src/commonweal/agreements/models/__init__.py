"""The records of the agreements stage."""
