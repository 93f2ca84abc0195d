"""Mesh files: looked at before they are parsed, read, and written whole or not at all."""
