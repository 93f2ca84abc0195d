"""Turns scans, point clouds and meshes into solids: reconstructs or repairs them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from caddis.app.making.made import UNKNOWN_LICENCE, Made, versions
from caddis.generation.stopwatch import Stopwatch

if TYPE_CHECKING:
    import numpy as np
    import trimesh
    from numpy.typing import NDArray

    from caddis.app.making.options import RepairOptions
    from caddis.geometry.options.points import ReconstructOptions
    from caddis.geometry.repair import Repaired


def reconstructed(
    scan: trimesh.Trimesh | NDArray[np.float64],
    options: ReconstructOptions,
    source: str,
    *,
    on_step: Callable[[int, int], None] | None = None,
    watch: Stopwatch | None = None,
) -> Made:
    """Turn a scan that was read into a solid, and check it.

    Args:
        scan: As `caddis.geometry.scans.load_scan` returns it.
        options: The options.
        source: Name of the scan's file, for the title and the record.
        on_step: Called with (done, all) while the surface is made.
        watch: Records the time of each stage.

    Raises:
        CaddisError: As `caddis.geometry.scans.reconstruct.reconstruct` does.
    """
    from caddis.geometry.scans.reconstruct import reconstruct

    watch = watch or Stopwatch()
    with watch.stage("solid"):
        solid = reconstruct(scan, options, on_step=on_step)
    if options.thicken_walls or options.base:
        with watch.stage("repair"):
            solid = _mended(solid, options)
    return _checked(solid, options.process, options.height_mm, source, watch)


def _mended(solid: Repaired, options: ReconstructOptions) -> Repaired:
    """Thicken walls and cut a base as asked, and keep the wished height."""
    from caddis.geometry.frame import place_on_bed
    from caddis.geometry.repair import Repaired, repair

    mended = repair(
        solid.mesh, options.process, thicken_walls=options.thicken_walls, base=options.base
    )
    mesh = mended.mesh
    if options.height_mm is not None:
        mesh = place_on_bed(mesh, options.height_mm)
    return Repaired(mesh, (*solid.changes, *mended.changes))


def repaired(
    mesh: trimesh.Trimesh, options: RepairOptions, source: str, *, watch: Stopwatch | None = None
) -> Made:
    """Turn a mesh into one clean solid, and check it.

    Args:
        mesh: In millimetres.
        options: The options.
        source: Name of the mesh's file, for the title and the record.
        watch: Records the time of each stage.

    Raises:
        CaddisError: As `caddis.geometry.repair.repair` does.
    """
    from caddis.geometry.repair import repair

    watch = watch or Stopwatch()
    with watch.stage("repair"):
        solid = repair(
            mesh, options.process, thicken_walls=options.thicken_walls, base=options.base
        )
    return _checked(solid, options.process, None, source, watch)


def _checked(
    solid: Repaired, process: str, height_mm: float | None, source: str, watch: Stopwatch
) -> Made:
    from caddis.geometry.gate import check

    with watch.stage("gate"):
        report = check(solid.mesh, profile=process, height_mm=height_mm)
    record: dict[str, Any] = {
        "source": source,
        "changes": list(solid.changes),
        "gate": report.to_json(),
        "versions": versions(),
    }
    title = source.rpartition(".")[0] or source
    return Made(
        solid.mesh, report, title, UNKNOWN_LICENCE, record, solid.changes, watch.seconds
    )  # fmt: skip
