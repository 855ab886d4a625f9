"""Thin views of the priorities stage."""
