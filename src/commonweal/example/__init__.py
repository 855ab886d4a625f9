"""The worked example: an invented district, made by a seeded generator from actions alone."""
