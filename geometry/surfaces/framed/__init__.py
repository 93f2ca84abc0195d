"""Mesh shapes with a known symmetry and box: a part is meshed, then mirrored or swept."""

from caddis.geometry.surfaces.framed.surface import fits, framed_surface

__all__ = ["fits", "framed_surface"]
