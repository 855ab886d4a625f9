"""The one write path of the measures stage."""
