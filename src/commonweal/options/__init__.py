"""The options stage: options weighed, with their money and risk."""
