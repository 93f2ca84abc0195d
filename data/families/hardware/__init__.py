"""Families of hardware."""
