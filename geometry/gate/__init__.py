"""The print gate tells whether a mesh prints and, if not, why and how to mend it."""

from caddis.geometry.gate.assess import check
from caddis.geometry.gate.profiles import PROFILES, Profile, named_profile
from caddis.geometry.gate.report import Check, GateReport
from caddis.geometry.mesh.clean import is_clean

__all__ = ["PROFILES", "Check", "GateReport", "Profile", "check", "is_clean", "named_profile"]
