"""Unattended batches: many jobs, resumable, with reproducible files."""
