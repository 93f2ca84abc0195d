"""Families of ornaments, tokens and geometric solids."""
