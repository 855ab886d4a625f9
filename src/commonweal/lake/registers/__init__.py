"""Registers of organisations as published, read into one shape and linked."""
