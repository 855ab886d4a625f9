"""Commonweal: a workbench for needs-led commissioning of culture and sport."""

import yaml

__version__ = "0.1.0"

yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # type: ignore[misc]  # the same, in C
