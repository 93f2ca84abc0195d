"""Families of plants, land, fruit and sweets."""
