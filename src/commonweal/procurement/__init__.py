"""The procurement stage: buying, funding or trading in proportion."""
