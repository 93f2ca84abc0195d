"""Families of animals, people and things to wear."""
