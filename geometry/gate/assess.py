"""The print gate: one function for the library, the command line, the web page and the tests."""

from __future__ import annotations

import numpy as np
import trimesh

from caddis.geometry.gate.profiles import Profile, named_profile
from caddis.geometry.gate.report import Check, GateReport, judged
from caddis.geometry.gate.standing import (
    FLAT_MM,
    contact_area,
    floating_bodies,
    footprint_area,
    overhang_share,
)
from caddis.geometry.gate.walls import thinnest_wall
from caddis.geometry.mesh.crossings import crossings
from caddis.geometry.mesh.overlaps import doubled_share
from caddis.geometry.mesh.topology import Topology, topology
from caddis.geometry.mesh.welded import Welded, weld

HEIGHT_TOLERANCE_MM = 0.1
MIN_SIDE_MM = 3.0
MAX_OVERLAP_PERCENT = 0.01
MAX_OVERHANG_PERCENT = 1.0
# Print services warn above a million faces.
MAX_FACES = 1_000_000

_REPAIR = "`caddis repair` mends it."


def check(
    mesh_mm: trimesh.Trimesh,
    *,
    profile: str | Profile = "fdm",
    height_mm: float | None = None,
    bodies: int = 1,
) -> GateReport:
    """Check whether a mesh prints: whether it is a solid, has the right size and stands.

    The mesh is judged as its file holds it, with float32 coordinates and equal vertices merged.
    The same mesh always gets the same report, because the rays that measure walls have a fixed
    seed. The time is bounded: about 1 s per 100,000 faces up to 1.5 million; beyond that the
    search for self-intersections stops early, and its check warns of it.

    Args:
        mesh_mm: The mesh in millimetres, Z up, V vertices and F faces.
        profile: Process to print it with: "fdm", "sla", "sls" or a profile of your own.
        height_mm: Requested height; None skips the check of the height.
        bodies: Number of separate solids that the mesh should consist of.

    Returns:
        The report.

    Raises:
        ConfigError: There is no profile of that name.
        EmptyMeshError: The mesh has no faces, or none with an area.
        NonFiniteError: NaN or infinite coordinates.
    """
    process = named_profile(profile)
    mesh = weld(mesh_mm)
    shells = topology(mesh)
    return GateReport(
        process.name,
        (
            *_surface_checks(mesh, shells),
            *_body_checks(mesh, shells, bodies),
            *_size_checks(mesh, process, height_mm),
            *_printing_checks(mesh, shells, process),
        ),
    )


def _surface_checks(mesh: Welded, shells: Topology) -> tuple[Check, ...]:
    flat = int((mesh.doubled_areas == 0.0).sum())
    return (
        judged("closed", shells.open_edges, 0, "open edges",
               f"The surface has holes, so it has no inside. {_REPAIR}"),
        judged("oriented", _wrong_faces(mesh, shells), 0, "reversed faces",
               f"Faces look inwards: flip them so that all normals point outwards. {_REPAIR}"),
        judged("edge_manifold", shells.crowded_edges, 0, "edges of three or more faces",
               "Surfaces touch along an edge: move them apart or let them overlap and unite them."),
        judged("vertex_manifold", shells.pinched_vertices, 0, "pinched vertices",
               "Surfaces touch in a point: move them apart or let them overlap and unite them."),
        judged("degenerate_faces", mesh.collapsed + flat, 0, "faces without area",
               f"Merge the corners that fall together. {_REPAIR}", otherwise="warn"),
    )  # fmt: skip


def _wrong_faces(mesh: Welded, shells: Topology) -> int:
    """Return the number of reversed faces: all faces if the whole mesh is inside out.

    If neighbours are wound inconsistently, the number of the edges between them is returned.
    """
    if shells.badly_wound_edges:
        return shells.badly_wound_edges
    closed = shells.open_edges == 0
    return len(mesh.faces) if closed and shells.shell_volumes.sum() <= 0.0 else 0


def _body_checks(mesh: Welded, shells: Topology, bodies: int) -> tuple[Check, ...]:
    doubled = doubled_share(mesh, shells)
    return (
        judged("bodies", shells.body_count, bodies, "bodies",
               f"Unite the parts, or keep the largest. {_REPAIR}", bound="exactly"),
        _self_intersection_check(mesh),
        judged("overlaps", None if doubled is None else 100.0 * doubled, MAX_OVERLAP_PERCENT,
               "% of the volume counted twice",
               "This needs a closed, oriented, manifold surface first." if doubled is None else
               f"One body lies in another: unite them; a cavity must be inside out. {_REPAIR}"),
    )  # fmt: skip


def _self_intersection_check(mesh: Welded) -> Check:
    found = crossings(mesh)
    name, unit = "self_intersections", "pairs of faces that cross"
    if not found.complete and not len(found.pairs):
        return Check(name, "warn", 0, 0, unit, "Too many faces to search them all: simplify it.")
    return judged(name, len(found.pairs), 0, unit, f"Unite the parts that cross. {_REPAIR}")


def _size_checks(mesh: Welded, process: Profile, height_mm: float | None) -> tuple[Check, ...]:
    size = np.ptp(mesh.vertices, axis=0)
    checks = [
        judged("smallest_side", float(size.min()), MIN_SIDE_MM, "mm",
               "Too small to print: is it in millimetres? Scale it up.", bound="at least"),
        judged("fits_bed", 100.0 * process.bed_use(size), 100.0, "% of the bed",
               f"Larger than the bed of {process.title}: scale it down or cut it in parts."),
        judged("face_count", len(mesh.faces), MAX_FACES, "faces",
               "Print services refuse such files: ask for fewer faces.", otherwise="warn"),
    ]  # fmt: skip
    if height_mm is not None:
        deviation = abs(float(size[2]) - height_mm)
        hint = f"It is {size[2]:.2f} mm tall, {height_mm:g} mm were asked for: scale it."
        checks.insert(0, judged("height", deviation, HEIGHT_TOLERANCE_MM, "mm off", hint))
    return tuple(checks)


def _printing_checks(mesh: Welded, shells: Topology, process: Profile) -> tuple[Check, ...]:
    lowest = float(mesh.vertices[:, 2].min())
    floating = 0 if process.self_supporting else floating_bodies(mesh, shells)
    overhang = 100.0 * overhang_share(mesh, process.max_overhang_deg)
    return (
        judged("wall", thinnest_wall(mesh), process.min_wall_mm, "mm",
               f"Thinner than {process.title} can print: scale it up or thicken it.",
               bound="at least"),
        judged("on_bed", abs(lowest), FLAT_MM, "mm off",
               "Its lowest point is not at z = 0: most slicers move it there.", otherwise="warn"),
        _contact_check(mesh, process),
        judged("floating", floating, 0, "bodies in the air",
               "Parts hang above the bed: join them to the rest or drop them."),
        judged("overhang", overhang, MAX_OVERHANG_PERCENT, "% of the surface",
               f"Leans out by more than {process.max_overhang_deg:g} degrees: print with supports.",
               otherwise="warn"),
    )  # fmt: skip


def _contact_check(mesh: Welded, process: Profile) -> Check:
    area = contact_area(mesh)
    percent = 100.0 * area / max(footprint_area(mesh), 1e-300)
    return judged(
        "contact", percent, 100.0 * process.min_contact_share, "% of the footprint",
        "Little of it lies flat on the bed: print it on a raft, or cut a flat base."
        if area > 0.0
        else "It stands on a point or an edge: cut a flat base, or print it on a raft.",
        bound="at least", otherwise="warn" if area > 0.0 else "fail",
    )  # fmt: skip
