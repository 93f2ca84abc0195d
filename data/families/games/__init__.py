"""Families of games and sports gear."""
