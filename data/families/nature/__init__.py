"""Families of plants, landscapes, fruit and sweets."""
