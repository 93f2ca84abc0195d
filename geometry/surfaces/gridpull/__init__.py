"""GridPull: signed distances on a grid, straight from raw points."""

from caddis.geometry.surfaces.gridpull.pipeline import Distances, distances, reconstruct
from caddis.geometry.surfaces.gridpull.settings import Settings

__all__ = ["Distances", "Settings", "distances", "reconstruct"]
