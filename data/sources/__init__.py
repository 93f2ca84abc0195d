"""Sources of objects; each implements `caddis.data.source.Source`."""
