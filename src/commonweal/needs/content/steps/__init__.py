"""Guidance for each step of the cycle, one file a step, checked by step.schema.json."""
