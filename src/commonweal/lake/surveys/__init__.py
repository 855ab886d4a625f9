"""Survey exports: columns guessed and confirmed, people left at the door, answers kept without identifiers."""
