"""Families of vessels."""
