"""Solids: fields, surface back-ends, mesh files, metrics, pictures and the print gate."""
