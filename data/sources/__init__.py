"""Sources of objects; each implements `data.source.Source`."""
