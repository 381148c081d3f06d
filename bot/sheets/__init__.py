"""The FAQ as a table for Excel: one row an entry, one column a key."""
