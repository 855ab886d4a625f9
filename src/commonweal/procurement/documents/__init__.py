"""Documents of the procurement stage."""
