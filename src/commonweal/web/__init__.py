"""Settings, addresses, layout and the pages that belong to no stage."""
