"""Use, satisfaction and the difference made; learning and starting again."""
