"""Word lists in and out: SKOS as Turtle and JSON-LD, plain CSV, and the lists of ESD and OpenActive."""
