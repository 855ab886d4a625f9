"""What may be done in the priorities stage: the one write path."""
