"""The one read path of the measures stage."""
