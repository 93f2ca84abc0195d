"""The print gate: does this mesh print, and if not, why and what to do."""

from geometry.gate.assess import check
from geometry.gate.clean import is_clean
from geometry.gate.profiles import PROFILES, Profile, named_profile
from geometry.gate.report import Check, GateReport

__all__ = ["PROFILES", "Check", "GateReport", "Profile", "check", "is_clean", "named_profile"]
