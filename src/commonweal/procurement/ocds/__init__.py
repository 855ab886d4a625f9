"""Open contracting data: how a commission is written as OCDS 1.1.5 with the UK extension, or as 360Giving 1.4."""
