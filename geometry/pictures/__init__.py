"""Render pictures of meshes without a display."""
