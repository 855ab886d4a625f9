"""The one way in which the options stage writes."""
