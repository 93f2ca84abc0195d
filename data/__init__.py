"""Objects to learn from: one record type, many sources, one shipped pack."""
