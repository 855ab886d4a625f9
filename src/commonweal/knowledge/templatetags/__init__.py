"""What templates ask of the common language."""
