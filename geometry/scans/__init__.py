"""Scans from files: points or meshes, in millimetres, with Z up."""

from caddis.geometry.scans.adjust import UNITS, UP_AXES, thinned, turned_up
from caddis.geometry.scans.files import load_scan

__all__ = ["UNITS", "UP_AXES", "load_scan", "thinned", "turned_up"]
