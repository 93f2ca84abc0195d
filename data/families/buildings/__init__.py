"""Families of buildings and of what stands outdoors."""
