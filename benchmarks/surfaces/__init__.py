"""Surfaces from points, meshes and fields: ours, others', and the papers' own procedures."""
