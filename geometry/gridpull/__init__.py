"""GridPull: signed distances on a grid, straight from raw points."""

from geometry.gridpull.pipeline import Distances, distances, reconstruct
from geometry.gridpull.settings import Settings

__all__ = ["Distances", "Settings", "distances", "reconstruct"]
