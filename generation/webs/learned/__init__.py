"""Learned web generators: their common parts, and three models."""
