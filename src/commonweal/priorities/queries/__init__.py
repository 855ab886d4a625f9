"""What the priorities stage shows: the one read path, which takes the viewer."""
