"""Taking everything away: what a partnership or an organisation owns, in open formats that need no Commonweal."""
