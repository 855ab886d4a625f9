"""The one write path of the providers stage."""
