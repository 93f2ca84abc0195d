"""Reads the attributes of one solid."""

from __future__ import annotations

import numpy as np
import trimesh

from caddis.data.attributes import outline
from caddis.data.attributes.hollow import hollow
from caddis.data.attributes.levels import levels
from caddis.data.attributes.profile import profile
from caddis.data.attributes.proportions import proportions
from caddis.data.attributes.reading import Reading, Readings
from caddis.data.attributes.seat import seat
from caddis.data.attributes.solid import Solid
from caddis.data.attributes.supports import supports
from caddis.data.attributes.surfaces import surfaces
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.symmetry import SYMMETRIES, Symmetry, find_symmetry, quarter_turned

VERSION = "attributes-6"
"""Changes whenever the readings of any solid may change, so that prepared ones are redone."""
_POINTS = 4096


def read(mesh: trimesh.Trimesh, symmetry: Symmetry | None = None) -> Readings:
    """Return the attributes of a solid.

    `turned` means a solid of revolution without holes, such as comes from a lathe. Holes are
    counted because the test of symmetry may miss a small handle.

    Args:
        mesh: A closed mesh in the canonical frame (Z up, front towards -y, longest side 1).
        symmetry: Its symmetry if already known.

    Returns:
        Readings by name: the proportions (`tall`, `wide` ...), `top`, `body`, `symmetry`,
        `quarter_turn`, `turned`, `legs`, `wheels`, `open`, `walls`, `handles`, `holes`, `neck`,
        `foot`, `conical`, `levels`, `steps`, `back`, `arms`, `curved`. Attributes that do not apply
        or cannot be determined are missing. Each module explains its numbers.

    Raises:
        NotSolidError: The mesh is not a closed manifold.
    """
    solid = Solid(mesh)
    found: Readings = {}
    for look in (
        proportions, outline.top, outline.body, supports, hollow, profile, levels, seat, surfaces,
    ):  # fmt: skip
        found |= look(solid)
    found |= _symmetry(mesh, symmetry)
    turned = found["symmetry"].value == "revolved" and solid.genus == 0
    return found | {"turned": Reading(turned, float(solid.genus))}


def _symmetry(mesh: trimesh.Trimesh, kind: Symmetry | None) -> Readings:
    """Name the symmetry; the number is its index in `caddis.geometry.symmetry.SYMMETRIES`."""
    rng = np.random.default_rng(0)
    points, normals = sample_surface(mesh, _POINTS, rng)
    kind = find_symmetry(points, normals, rng) if kind is None else kind
    turned = kind.revolved or quarter_turned(points)
    return {
        "symmetry": Reading(kind.name, float(SYMMETRIES.index(kind))),
        "quarter_turn": Reading(turned, float(turned)),
    }
