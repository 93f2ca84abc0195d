"""Cut a flat base: just enough is cut off the bottom that the part stands on the bed."""

from __future__ import annotations

import manifold3d
import numpy as np
import trimesh

from caddis.geometry.frame import place_on_bed
from caddis.geometry.gate.profiles import Profile
from caddis.geometry.gate.standing import contact_area, footprint_area
from caddis.geometry.mesh.manifold import from_manifold, to_manifold
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.repair.result import Repaired
from caddis.geometry.repair.shells import SLIVER_MM

# Heights at which to cut, as shares of the part's height.
_CUTS = (0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04)
# Aim for this many times the contact that the gate requires.
_MARGIN = 1.5


def flat_base(mesh: trimesh.Trimesh, profile: Profile) -> Repaired:
    """Stand the mesh on z = 0 with enough flat contact, without changing its height.

    The bottom is cut by the lowest of eight planes (0.25 % to 4 % of the height) that gives
    1.5 times the contact that the profile requires. If no plane does, the one with the most
    contact is taken. The part is then scaled up to its old height. Nothing is cut if there is
    enough contact already, or if the part would fall apart.

    Args:
        mesh: A closed manifold in mm.
        profile: Process; if it requires no contact, nothing is cut.

    Raises:
        NotSolidError: The mesh is not a closed manifold.
    """
    height = float(np.ptp(mesh.vertices[:, 2]))
    stood = place_on_bed(mesh, height)
    welded = weld(stood)
    footprint, before = footprint_area(welded), contact_area(welded)
    if before >= profile.min_contact_share * footprint:
        return Repaired(stood)
    solid = to_manifold(stood)
    wanted = _MARGIN * profile.min_contact_share * footprint
    for share in _ordered_cuts(solid, height, before, wanted):
        cut = solid.trim_by_plane((0.0, 0.0, 1.0), share * height)
        trimmed = from_manifold(cut.as_original().simplify(SLIVER_MM))
        if len(trimmed.faces) and topology(weld(trimmed)).body_count == 1:
            grown = place_on_bed(trimmed, height)
            area = contact_area(weld(grown))
            change = (
                f"cut {share * height:.2f} mm off the bottom for a flat base of {area:,.1f} mm2 "
                f"({100.0 * area / footprint:.1f} % of the footprint, {before:,.1f} mm2 before) "
                f"and scaled by {1.0 / (1.0 - share):.4f} to keep the height"
            )
            return Repaired(grown, (change,))
    return Repaired(stood)


def _ordered_cuts(
    solid: manifold3d.Manifold, height: float, before: float, wanted: float
) -> list[float]:
    """Return the cuts to try: those with enough area, lowest first, then others, largest first."""
    areas = {share: solid.slice(share * height).area() for share in _CUTS}
    enough = [share for share in _CUTS if areas[share] >= wanted]
    better = [share for share in _CUTS if wanted > areas[share] > max(before, 0.0)]
    return enough + sorted(better, key=lambda share: -areas[share])
