"""How near one rebuilt solid is to its original: overlap, surface, volume, bodies and holes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import trimesh
from numpy.typing import NDArray

from caddis.geometry.errors import EmptyMeshError, NotSolidError
from caddis.geometry.field import Field
from caddis.geometry.mesh.bodies import MIN_BODY_SHARE
from caddis.geometry.mesh.manifold import to_manifold
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.metrics import distances, f_score

POINTS = 4096
TAUS = (0.01, 0.02)
MISSED = 0.5  # CD-L1 of a shape without surface: half of the longest side
CLOSE_VOLUME = 0.02  # a volume that differs by less counts as kept


@dataclass(frozen=True)
class Pieces:
    """What a closed surface consists of.

    Attributes:
        bodies: Solids that are apart from each other, specks left out.
        holes: Holes that go through them (the genus, 1 for a ring or a cup with a handle).
        specks: Bodies under .2 % of the whole volume. The originals have none: `data.prepare`
            drops such bodies by the same rule.
    """

    bodies: int
    holes: int
    specks: int


def pieces(mesh: trimesh.Trimesh) -> Pieces | None:
    """Count bodies and holes of a closed surface; None if it is not a closed manifold.

    A cavity inside a body is neither a body nor a hole.
    """
    # manifold3d refuses arrays that may not be written to, which a mesh may well have
    own = trimesh.Trimesh(np.array(mesh.vertices), np.array(mesh.faces), process=False)
    try:
        shells = to_manifold(own).decompose()
    except NotSolidError:
        return None
    bodies = [shell for shell in shells if shell.volume() > 0.0]
    least = MIN_BODY_SHARE * sum(body.volume() for body in bodies)
    kept = [body for body in bodies if body.volume() >= least]
    return Pieces(len(kept), sum(body.genus() for body in kept), len(bodies) - len(kept))


@dataclass(frozen=True)
class Original:
    """A shape that reconstructions are held against.

    Attributes:
        mesh: Closed surface in the canonical frame.
        uniform: (Q, 4) points spread evenly in the box, and their signed distances.
        near: (Q, 4) points near the surface, and their signed distances.
        pieces: Its bodies and holes; None if its surface is not a closed manifold.
    """

    mesh: trimesh.Trimesh
    uniform: NDArray[np.float32]
    near: NDArray[np.float32]
    pieces: Pieces | None


def field_scores(field: Field, original: Original) -> dict[str, float]:
    """Return the IoU of a field and the original on its uniform and on its near queries."""
    return {
        "iou": _overlap(field, original.uniform),
        "near_iou": _overlap(field, original.near),
    }


def _overlap(field: Field, queries: NDArray[np.float32]) -> float:
    found, true = field(np.ascontiguousarray(queries[:, :3])) < 0, queries[:, 3] < 0
    either = int(np.count_nonzero(found | true))
    return float(np.count_nonzero(found & true)) / either if either else 1.0


def mesh_scores(
    made: trimesh.Trimesh | None, original: Original, rng: np.random.Generator
) -> dict[str, float]:
    """Return surface, volume and topology scores of a rebuilt mesh; None is no surface at all.

    Returns:
        cd, f_0.01 and f_0.02: see `surface_scores`; volume and volume_kept: see
        `volume_scores`; bodies_kept, holes_kept, both_kept and strictly_kept: see
        `topology_scores`.
    """
    return {
        **surface_scores(made, original.mesh, rng),
        **volume_scores(made, original.mesh),
        **topology_scores(None if made is None else pieces(made), original.pieces),
    }


def surface_scores(
    made: trimesh.Trimesh | None, truth: trimesh.Trimesh, rng: np.random.Generator
) -> dict[str, float]:
    """Return CD-L1 and F-scores between two surfaces, free of a sampling floor.

    Distances run from 4,096 points on each surface to the other surface itself, not to
    points on it. A shape without surface has CD-L1 0.5 and F-score 0.
    """
    missed = {"cd": MISSED, **{f"f_{tau}": 0.0 for tau in TAUS}}
    if made is None:
        return missed
    try:
        to_truth, _ = distances(sample_surface(made, POINTS, rng)[0], truth)
    except EmptyMeshError:
        return missed
    to_made, _ = distances(sample_surface(truth, POINTS, rng)[0], made)
    scores = {"cd": float(to_truth.mean() + to_made.mean()) / 2.0}
    return scores | {f"f_{tau}": f_score(to_truth, to_made, tau) for tau in TAUS}


def volume_scores(made: trimesh.Trimesh | None, truth: trimesh.Trimesh) -> dict[str, float]:
    """Return V'/V - 1 and whether it is within 2 %; without a surface it is -1."""
    volume = 0.0 if made is None else float(made.volume)
    error = volume / float(truth.volume) - 1.0
    return {"volume": error, "volume_kept": float(abs(error) < CLOSE_VOLUME)}


def topology_scores(made: Pieces | None, truth: Pieces | None) -> dict[str, float]:
    """Return 1 for what is kept and 0 for what is not; NaN if the original cannot be counted.

    Returns:
        bodies_kept, holes_kept: their number is that of the original, specks left out;
        both_kept: both of them; strictly_kept: and there are no specks either.
    """
    names = ("bodies_kept", "holes_kept", "both_kept", "strictly_kept")
    if truth is None:
        return dict.fromkeys(names, math.nan)
    if made is None:
        return dict.fromkeys(names, 0.0)
    bodies, holes = made.bodies == truth.bodies, made.holes == truth.holes
    strictly = bodies and holes and made.specks == truth.specks
    return {
        name: float(kept)
        for name, kept in zip(names, (bodies, holes, bodies and holes, strictly), strict=True)
    }
