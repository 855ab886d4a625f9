"""Understanding what a place needs from culture and sport."""
