"""The priorities stage: outcomes agreed, and priorities decided."""
