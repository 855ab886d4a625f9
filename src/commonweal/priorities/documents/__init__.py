"""The Word and PDF files of the priorities stage."""
