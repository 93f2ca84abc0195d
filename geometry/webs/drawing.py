"""Draw webs: every thread is a tube, coloured by the force in it."""

from __future__ import annotations

import numpy as np
import trimesh
from PIL import Image

from caddis.geometry.errors import BrokenWebError
from caddis.geometry.pictures.render import CLAY, render
from caddis.geometry.webs.graph import Floats, Web

TENSION = np.array([0.70, 0.06, 0.05])
COMPRESSION = np.array([0.05, 0.18, 0.62])
NO_FORCE = np.array([0.80, 0.79, 0.77])
"""Linear colours of the largest tension, the largest compression, and no force."""

_SIDES = 8
_THICKNESS = 0.004
"""Radius of a thread in pictures, as a share of the web's longest side, where radii are unknown."""
_GAMMA = 0.5  # forces in a web differ by orders of magnitude, so show the root of their share


def draw_web(
    web: Web,
    size: int = 512,
    *,
    forces: Floats | None = None,
    azimuth_deg: float = -35.0,
    elevation_deg: float = 20.0,
) -> Image.Image:
    """Draw a web; see `caddis.geometry.pictures.render.render`.

    Args:
        web: A web in which at least one thread has a length.
        size: Side of the square picture in pixels.
        forces: (E,) axial forces, positive in tension. Tension is red and compression blue;
            larger forces have deeper colours. None draws all threads in one colour.
        azimuth_deg: Camera azimuth in degrees.
        elevation_deg: Camera height in degrees.

    Raises:
        BrokenWebError: No thread has a length, or `forces` has another shape.
    """
    if not web.lengths.any():
        raise BrokenWebError("a web without threads cannot be drawn")
    if forces is not None and forces.shape != (len(web.edges),):
        raise BrokenWebError("there must be one force per edge", "forces")
    colours = np.tile(CLAY, (len(web.edges), 1)) if forces is None else force_colours(forces)
    tubes, edge = _tubes(web)
    return render(tubes, size, azimuth_deg=azimuth_deg, elevation_deg=elevation_deg,
                  face_colours=colours[edge])  # fmt: skip


def force_colours(forces: Floats) -> Floats:
    """Return (E, 3) linear colours from blue (compression) over grey to red (tension)."""
    share = np.abs(forces) / max(float(np.abs(forces).max(initial=0.0)), 1e-300)
    depth = (share**_GAMMA)[:, None]
    end = np.where(forces[:, None] > 0.0, TENSION, COMPRESSION)
    return np.asarray(depth * end + (1.0 - depth) * NO_FORCE)


def _tubes(web: Web) -> tuple[trimesh.Trimesh, np.ndarray]:
    """Return open prisms around all threads, and the edge (F,) that each face belongs to."""
    used = np.flatnonzero(web.lengths > 0.0)
    start, vector = web.nodes[web.edges[used, 0]], web.vectors[used]
    longest = float(np.ptp(web.nodes, axis=0).max())
    radii = np.full(len(used), _THICKNESS * longest) if web.radii is None else web.radii[used]
    along = vector / np.linalg.norm(vector, axis=1, keepdims=True)
    aside = np.cross(np.eye(3)[np.abs(along).argmin(axis=1)], along)
    aside /= np.linalg.norm(aside, axis=1, keepdims=True)
    angle = 2.0 * np.pi * np.arange(_SIDES) / _SIDES
    ring = np.cos(angle)[:, None, None] * aside + np.sin(angle)[:, None, None] * np.cross(
        along, aside
    )
    ring = radii[:, None, None] * ring.transpose(1, 0, 2)
    vertices = np.concatenate([start[:, None] + ring, (start + vector)[:, None] + ring], axis=1)
    here = np.arange(_SIDES)
    after = (here + 1) % _SIDES
    low = np.stack([here, after, after + _SIDES], axis=1)
    high = np.stack([here, after + _SIDES, here + _SIDES], axis=1)
    one = np.concatenate([low, high])
    faces = one + 2 * _SIDES * np.arange(len(used))[:, None, None]
    mesh = trimesh.Trimesh(vertices.reshape(-1, 3), faces.reshape(-1, 3), process=False)
    return mesh, np.repeat(used, len(one))
