"""How the priorities stage sets its pages out."""
