"""Families of vehicles."""
