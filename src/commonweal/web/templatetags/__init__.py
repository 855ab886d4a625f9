"""Words and dates as the pages write them."""
