"""Case studies as data, one file each."""
