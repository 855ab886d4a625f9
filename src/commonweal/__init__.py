"""Commonweal: a workbench for needs-led commissioning of culture and sport."""

__version__ = "0.1.0"
