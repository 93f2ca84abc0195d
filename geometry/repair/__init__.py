"""Repair meshes and list what was changed."""

from caddis.geometry.repair.flat_base import flat_base
from caddis.geometry.repair.mend import repair
from caddis.geometry.repair.printable import make_printable
from caddis.geometry.repair.result import Repaired
from caddis.geometry.repair.thickening import thicken

__all__ = ["Repaired", "flat_base", "make_printable", "repair", "thicken"]
