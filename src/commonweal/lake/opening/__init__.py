"""Opening a file of any kind safely, before anyone says what it means."""

from commonweal.lake.opening.files import open_bytes, open_file
from commonweal.lake.opening.limits import PUBLISHED, Limits
from commonweal.lake.opening.model import CannotOpen, Form, Opened, Sheet

__all__ = ["PUBLISHED", "CannotOpen", "Form", "Limits", "Opened", "Sheet", "open_bytes", "open_file"]
