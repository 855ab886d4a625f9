"""The access table in parts, one a stage: each module holds `TABLE`, a list of lines."""
