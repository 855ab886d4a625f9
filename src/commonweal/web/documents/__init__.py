"""Documents of the shell: sharing agreements and the assessments of their impact."""
