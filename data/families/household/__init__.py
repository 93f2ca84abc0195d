"""Families of small household things."""
