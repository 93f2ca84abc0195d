"""Repairs that say what they changed."""

from geometry.repair.base import flat_base
from geometry.repair.mend import repair
from geometry.repair.printable import make_printable
from geometry.repair.result import Repaired
from geometry.repair.thickening import thicken

__all__ = ["Repaired", "flat_base", "make_printable", "repair", "thicken"]
