"""Surfaces of shapes with a known symmetry and box: a part is meshed, the whole is made of it."""

from caddis.geometry.surfaces.framed.surface import fits, framed_surface

__all__ = ["fits", "framed_surface"]
