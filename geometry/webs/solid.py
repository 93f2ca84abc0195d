"""Turn a web into one closed body that prints."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import trimesh

from caddis.geometry.errors import BrokenWebError, NotSolidError
from caddis.geometry.gate.profiles import Profile, named_profile
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.options.webs import SolidOptions
from caddis.geometry.surfaces.sparse_marching_cubes import SparseGrid
from caddis.geometry.webs.bases import Stand, pieces, stand
from caddis.geometry.webs.graph import Floats, Indices, Web
from caddis.geometry.webs.spans import mesh_struts
from caddis.geometry.webs.struts import StrutGrid, Struts, grid_around, strut_grid

_CHORD_LOSS = 1.22
"""A tube meshed with n cells across loses at most 1.22 / n^2 of its width, because its faces are
chords. Measured as `thinnest_wall` over the diameter, the worst of many directions and grid
offsets, for n from 2.5 to 6."""
_CUT_DEPTH = 0.4
"""Depth of a flat cut, as a share of the thinnest strut's radius."""


@dataclass(frozen=True, eq=False)
class WebSolid:
    """A printable web.

    Attributes:
        mesh: One closed body in mm on the bed: lowest point at z = 0, centred over the origin.
        web: The web as it is in the solid, with radii, legs and ties.
        changes: The changes made to the web, in words.
    """

    mesh: trimesh.Trimesh
    web: Web
    changes: tuple[str, ...]


@checked_arguments
def web_solid(
    web: Web, options: SolidOptions | None = None, *, profile: Profile | None = None
) -> WebSolid:
    """Make one closed, manifold body of round struts with rounded joints.

    The union of all struts and bars is meshed from its distance field (`struts`, `spans`). Struts
    that cross without a common node are therefore joined too, and faces do not cross. No strut
    comes out thinner than asked for, or thinner than the process can print.

    Args:
        web: A web that is connected, by itself or through its base.
        options: `SolidOptions()` when None.
        profile: A print process of your own, used instead of the one that the options name.

    Raises:
        BrokenWebError: No thread with a length, or several parts that no base joins.
        TooLargeError: Struts so thin for the web's size that the grid would not fit in memory.
        NotSolidError: Several bodies came out.
        ConfigError: An argument has the wrong type.

    Example:
        >>> import caddis
        >>> how = caddis.SolidOptions(base="frame", size_mm=60, diameter_mm=1.5)
        >>> solid = caddis.web_solid(caddis.build_web("orb", 3), how)
        >>> solid.mesh.is_watertight, caddis.check(solid.mesh).is_solid
        (True, True)
    """
    options = options or SolidOptions()
    if not web.lengths.any():
        raise BrokenWebError("a web without threads has no solid", "edges", "Give it edges.")
    process = named_profile(options.process) if profile is None else profile
    web = with_radii(placed(web, options), options.diameter_mm)
    web, changes = _thickened(web, process)
    bar = options.bar_mm or max(3.0, 6.0 * float(_radii(web).max()))
    stood = stand(web, options.base, bar)
    if (found := pieces(stood)) > 1:
        raise BrokenWebError(
            f"the web is in {found} parts", "", "Keep the largest part, or join them."
        )
    mesh, filled = _one_body(_mesh(stood, options))
    if filled:
        changes.append(f"filled {filled} closed pocket(s)")
    low, high = mesh.vertices.min(axis=0), mesh.vertices.max(axis=0)
    shift = -np.array([(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0, low[2]])
    mesh.apply_translation(shift)
    return WebSolid(mesh, stood.web.moved(stood.web.nodes + shift), tuple(changes))


def placed(web: Web, options: SolidOptions) -> Web:
    """Turn and scale the nodes as `options` say; radii are not scaled, as they are for printing."""
    nodes = web.nodes
    if options.lie_flat:
        centred = nodes - nodes.mean(axis=0)
        axes = np.linalg.svd(centred, full_matrices=False)[2]
        axes[2] = np.cross(axes[0], axes[1])  # a rotation, not a reflection
        nodes = centred @ axes.T
    if options.size_mm is not None:
        nodes = nodes * (options.size_mm / float(np.ptp(nodes, axis=0).max()))
    return web.moved(nodes)


def with_radii(web: Web, diameter_mm: float) -> Web:
    """Return the web with one radius for all struts, unless it has radii."""
    if web.radii is not None:
        return web
    return replace(web, radii=np.full(len(web.edges), diameter_mm / 2.0))


def _thickened(web: Web, process: Profile) -> tuple[Web, list[str]]:
    thin = int((_radii(web) < process.min_wall_mm / 2.0).sum())
    if not thin:
        return web, []
    radii = np.maximum(_radii(web), process.min_wall_mm / 2.0)
    note = f"thickened {thin} strut(s) to the {process.min_wall_mm:g} mm of {process.title}"
    return replace(web, radii=radii), [note]


def _mesh(stood: Stand, options: SolidOptions) -> trimesh.Trimesh:
    web, radii = stood.web, _radii(stood.web)
    thinnest = float(radii.min())
    allowance = 1.0 / (1.0 - _CHORD_LOSS / options.fineness**2)
    struts = Struts.of(replace(web, radii=radii * allowance))
    spacing = 2.0 * thinnest / options.fineness
    reach = float(struts.radii.max()) + options.fillet * thinnest
    corners = [web.nodes - reach, web.nodes + reach]
    corners += [np.array([bar.low, bar.high]) for bar in stood.bars]
    every = np.concatenate(corners)
    around = grid_around(every.min(axis=0), every.max(axis=0), spacing)
    sharpness = 1.0 / (options.fillet * thinnest)
    found = strut_grid(struts, stood.bars, around, sharpness)
    if options.base == "cut":
        lowest = float(np.minimum(struts.starts[:, 2], struts.ends[:, 2]).min()) - thinnest
        found = _cut_flat(found, lowest + _CUT_DEPTH * thinnest)
    return mesh_struts(found, struts)


def _cut_flat(found: StrutGrid, height: float) -> StrutGrid:
    """Remove everything below the last grid plane that is not above `height`.

    Corners on and below that plane get a tiny positive value. All vertices on grid edges above
    the plane then have the smallest distance from it that `on_edges` allows, so the cut is flat.
    """
    grid = found.grid
    level = int(np.floor((height - grid.low[2]) / grid.spacing))
    at = grid.index % grid.shape[2]
    values = np.where(at <= level, np.float32(1e-6 * grid.spacing), grid.values)
    near = at <= level + 2  # not free for long faces, which must not cross the cut
    owned = near & (found.owner >= 0)
    cut = SparseGrid(grid.low, grid.spacing, grid.shape, grid.index, values)
    corners: Indices = np.concatenate([found.shared_corners, grid.index[owned]])
    members: Indices = np.concatenate([found.shared_members, found.owner[owned]])
    return StrutGrid(cut, np.where(near, -1, found.owner), corners, members)


def _one_body(mesh: trimesh.Trimesh) -> tuple[trimesh.Trimesh, int]:
    """Drop inward shells, which are closed pockets, and count them; refuse several bodies.

    Raises:
        NotSolidError: More than one shell faces outwards.
    """
    welded = weld(mesh)
    shells = topology(welded)
    outward = shells.shell_volumes > 0.0
    if outward.sum() != 1:
        raise NotSolidError(
            f"{int(outward.sum())} separate bodies came out", "", "Use thicker struts or a base."
        )
    kept = outward[shells.shell]
    body = trimesh.Trimesh(welded.vertices, welded.faces[kept], process=False)
    body.remove_unreferenced_vertices()
    return body, int((~outward).sum())


def _radii(web: Web) -> Floats:
    assert web.radii is not None  # noqa: S101  # set by `with_radii`
    return web.radii
