"""Files that people bring: read in a capped process, asked about where nobody knows them, and let go."""
