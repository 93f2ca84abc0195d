"""Extract a clean mesh from any generators.

Why the result is always closed, edge- and vertex-manifold, oriented and free of
self-intersections, in the float32 values of the file:

1. *Closed and manifold by duality.* The surface is dual to a triangulation of space (see
   `dual.boundary`), which holds for the indices whatever the coordinates. Ties among
   cospherical generators are broken by a jitter of 1e-7; coincident ones are merged; those on
   the hull, whose cells reach infinity, are outside. If rounding broke the triangulation, the ring
   around some edge would not close, which is checked.
2. *Embedded by convexity.* Cells are convex and do not overlap, so in exact arithmetic their
   faces meet only in shared edges. Rounding can fold faces with edges shorter than the rounding
   error. So edges below a tolerance far above that of float32 are collapsed, which keeps (1).
3. *Certified in float32.* The mesh is rounded to float32, welded as a reader of STL welds it,
   and tested exactly. Faces that cross are pulled apart (see `untangle`). If the mesh still
   fails, all is repeated with a larger jitter and tolerance.
4. *A last resort that is always clean.* The same solid is meshed on a dyadic grid (see `blocks`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import trimesh

from caddis.geometry.errors import NoSurfaceError, NotSolidError
from caddis.geometry.surfaces.voromesh.blocks import midpoint_surface
from caddis.geometry.surfaces.voromesh.certify import certified
from caddis.geometry.surfaces.voromesh.cleanup import passes, rounded, without_short_edges
from caddis.geometry.surfaces.voromesh.diagram import JITTER, diagram
from caddis.geometry.surfaces.voromesh.dual import boundary
from caddis.geometry.surfaces.voromesh.refit import RefitOptions, refit
from caddis.geometry.surfaces.voromesh.representation import VoroMesh
from caddis.geometry.surfaces.voromesh.samples import Samples
from caddis.geometry.surfaces.voromesh.untangle import untangled

SHORT_EDGE = 3e-4
"""Edges below this share of the generators' longest extent are collapsed."""

# Jitter as a share of the diagonal, and factor of the tolerance, of each attempt in turn.
_RUNGS = ((JITTER, 1.0), (1e-6, 2.0), (1e-5, 4.0), (1e-4, 8.0), (1e-3, 16.0))
_BLOCKS = (96, 48)


def extract(voromesh: VoroMesh, *, short_edge: float = SHORT_EDGE) -> trimesh.Trimesh:
    """Return the surface of a VoroMesh as a clean triangle mesh.

    Args:
        voromesh: Any generators and occupancy.
        short_edge: Edges shorter than this share of the extent are collapsed.

    Returns:
        Vertices that hold float32 values; closed, manifold, oriented outwards, without
        self-intersections, also when written as STL.

    Raises:
        NoSurfaceError: The generators enclose nothing.
        NotSolidError: The extent is too small for the coordinates' size in float32.
    """
    return next(_clean_candidates(voromesh, short_edge))


def extract_refitted(
    voromesh: VoroMesh,
    samples: Samples,
    *,
    short_edge: float = SHORT_EDGE,
    options: RefitOptions | None = None,
) -> trimesh.Trimesh:
    """Return the surface with its vertices moved onto oriented samples, as clean as `extract`.

    Raises:
        NoSurfaceError: The generators enclose nothing.
        NotSolidError: The extent is too small for the coordinates' size in float32.
    """
    base = extract(voromesh, short_edge=short_edge)
    vertices, faces = np.asarray(base.vertices), np.asarray(base.faces)
    return certified(vertices, refit(vertices, faces, samples, options), faces)


def _clean_candidates(voromesh: VoroMesh, short_edge: float) -> Iterator[trimesh.Trimesh]:
    """Yield clean meshes, the best first."""
    extent = float(np.ptp(voromesh.generators, axis=0).max(initial=0.0)) if len(voromesh) else 0.0
    for jitter, factor in _RUNGS:
        try:
            faces = boundary(diagram(voromesh, jitter))
        except NotSolidError:
            continue
        slim = without_short_edges(faces.vertices, faces.triangles(), factor * short_edge * extent)
        if not len(slim.faces):
            continue
        slim.vertices = rounded(slim.vertices)
        if not passes(slim):
            slim.vertices = untangled(slim.vertices, np.asarray(slim.faces))
            if not passes(slim):
                continue
        yield slim
    low, high = voromesh.generators.min(axis=0), voromesh.generators.max(axis=0)
    for cells in _BLOCKS:
        try:
            blocks = midpoint_surface(voromesh, low - extent / 8, high + extent / 8, cells)
        except NoSurfaceError:
            continue
        if passes(blocks):
            yield blocks
    raise NotSolidError(
        "the solid is too small for its coordinates in float32", "", "Move it to the origin."
    )
