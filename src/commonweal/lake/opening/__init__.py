"""Opening a file of any kind safely, before anyone says what it means."""
