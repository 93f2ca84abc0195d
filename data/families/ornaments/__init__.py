"""Families of ornaments, tokens and plain solids."""
