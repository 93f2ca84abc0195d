"""Families of buildings and outdoor structures."""
