"""The one read path of the providers stage."""
