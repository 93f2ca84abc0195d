"""Batch export: many jobs, left alone, to the same files whatever happens on the way."""
