"""Families of furniture."""
