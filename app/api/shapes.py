"""Solids for Python: generated, reconstructed, repaired, checked, read and written.

The functions are part of the public API, `caddis`. Their defaults are those of the options that
the command line, the page and the batch have, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.app.api.arguments import checked_argument
from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.generation.request import Request, Sampling
from caddis.geometry.errors import ConfigError, EmptyMeshError
from caddis.geometry.options.checked import check_field
from caddis.geometry.options.points import ReconstructOptions

if TYPE_CHECKING:
    import numpy as np
    import trimesh
    from numpy.typing import NDArray

    from caddis.app.making.generate import Generation
    from caddis.app.making.made import Made
    from caddis.geometry.gate import GateReport, Profile
    from caddis.geometry.webs.solid import WebSolid

    Printable = trimesh.Trimesh | Made | WebSolid


def generate(
    text: str | None = Request.text,
    category: str | None = Request.category,
    *,
    seed: int = Request.seed,
    count: int = Request.count,
    height_mm: float | None = Request.height_mm,
    wide_mm: float | None = Request.wide_mm,
    deep_mm: float | None = Request.deep_mm,
    longest_mm: float | None = Request.longest_mm,
    size_mm: str | tuple[float, float, float] | None = Request.size_mm,
    symmetry: str | None = Request.symmetry,
    anyway: bool = Request.anyway,
    faces: int | None = Request.faces,
    process: str = Request.process,
    surface: str = Request.surface,
    resolution: int = Request.resolution,
    candidates: int = Request.candidates,
    guidance: float = Sampling.guidance,
    temperature: float = Sampling.temperature,
    final_temperature: float = Sampling.final_temperature,
    top_p: float = Sampling.top_p,
    preset: str = Request.preset,
    weights: str | Path | None = Request.weights,
    device: str = Request.device,
    on_token: Callable[[int, int], None] | None = None,
) -> Generation:
    """Generate printable solids from words, a category, both, or neither.

    Args:
        text: What to make, in English.
        category: One of `categories()`, or a word for several of them, such as "lamp".
        seed: Same seed, same arguments, same machine: same bytes.
        count: How many different objects.
        height_mm: Height of each object, 1 to 2000; None takes 60, or less for what would not
            fit the bed of the process.
        wide_mm: Width, from left to right.
        deep_mm: Depth, from front to back.
        longest_mm: The longest side, whichever it is.
        size_mm: Width, depth and height: "200x80x60" or (200, 80, 60). All are met exactly.
        symmetry: "none", "x" (left and right alike), "y" (front and back alike), "xy" (both) or
            "revolved"; None as it comes.
        anyway: Make something for a text whose object the model has never seen.
        faces: Wanted number of triangles, 100 to 1,000,000; None for as many as the surface needs.
        process: Print process whose limits apply: "fdm", "sla" or "sls".
        surface: Name of the surface back-end: "marching-cubes" or "voromesh".
        resolution: Cells along a side of the box that is meshed.
        candidates: Drafts per object, of which the likeliest printable one is kept.
        guidance: How strongly the conditions count; 0 for not at all.
        temperature: Higher is more varied.
        final_temperature: Of the last token, to which the temperature falls.
        top_p: Share of the likeliest tokens to draw from, in (0, 1].
        preset: Which shipped model.
        weights: Folder of a training run, in place of a shipped model.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.
        on_token: Called after each token with the number written and the number in all.

    Returns:
        A list of the objects that could be made. Each has its `mesh` in millimetres, standing on
        z = 0, the print gate's `report`, the `changes` that made it print, and a `record` of all
        that is needed to make it again. The list's `refused` says which could not be made, and
        why.

    Raises:
        UnknownCategoryError: The model does not know the category.
        EmptyTextError: The text has no word that the model knows.
        ConfigError: An argument has the wrong type or is outside its range.
        WeightsError: The weights are missing or damaged.
        NoSurfaceError: No draft of any object has a surface.

    Example:
        >>> import caddis
        >>> lamps = caddis.generate(category="lamp", count=2, seed=4, height_mm=120)
        >>> [round(lamp.mesh.extents[2]) for lamp in lamps]
        [120, 120]
    """
    from caddis.app.making.generate import generation

    checked_argument("on_token", on_token)
    sampling = Sampling(
        guidance=guidance, temperature=temperature, final_temperature=final_temperature,
        top_p=top_p,
    )  # fmt: skip
    asked: dict[str, Any] = {
        "text": text, "category": category, "seed": seed, "count": count, "height_mm": height_mm,
        "wide_mm": wide_mm, "deep_mm": deep_mm, "longest_mm": longest_mm,
        "size_mm": "x".join(map(repr, size_mm)) if isinstance(size_mm, tuple) else size_mm,
        "symmetry": symmetry, "anyway": anyway, "faces": faces, "process": process,
        "surface": surface, "resolution": resolution,
        "candidates": candidates, "preset": preset, "weights": weights, "device": device,
    }  # fmt: skip
    return generation(Request(**asked, sampling=sampling), on_token=on_token)


def categories(preset: str = Request.preset) -> list[str]:
    """Return the categories that a shipped preset can be asked for, sorted.

    Raises:
        ConfigError: There is no such preset.
        WeightsError: Its weights are missing or damaged.

    Example:
        >>> import caddis
        >>> "chair" in caddis.categories()
        True
    """
    from caddis.generation.pipeline import categories as known

    return known(check_field(Request, "preset", preset))


def reconstruct(
    scan: str | Path | trimesh.Trimesh | NDArray[np.float64],
    *,
    surface: str | None = ReconstructOptions.surface,
    resolution: int | None = ReconstructOptions.resolution,
    faces: int | None = ReconstructOptions.faces,
    height_mm: float | None = ReconstructOptions.height_mm,
    unit: str = ReconstructOptions.unit,
    up: str = ReconstructOptions.up,
    voxel_mm: float | None = ReconstructOptions.voxel_mm,
    keep_outliers: bool = ReconstructOptions.keep_outliers,
    noise_mm: float | None = ReconstructOptions.noise_mm,
    process: str = ReconstructOptions.process,
    thicken_walls: bool = ReconstructOptions.thicken_walls,
    base: bool = ReconstructOptions.base,
    seed: int = ReconstructOptions.seed,
    on_step: Callable[[int, int], None] | None = None,
) -> Made:
    """Turn a scan into one closed solid that stands on z = 0, and check it.

    Points become a GridPull surface; the holes of a mesh are closed and its shells united.

    Args:
        scan: A file, a mesh, or points (N, 3) or oriented points (N, 6) in millimetres.
        surface: "gridpull", "voromesh" or "poisson"; None takes gridpull for points, and mends a
            mesh rather than meshing it again.
        resolution: Cells along the longest side, for points; None takes the back-end's own.
        faces: Wanted number of triangles; None for as many as the surface needs.
        height_mm: Height of the solid; None keeps the scan's size.
        unit: Unit of a file: "mm", "cm", "m" or "inch"; "auto" goes by its format.
        up: The scan's axis that points up: "z", "-z", "y", "-y", "x" or "-x".
        voxel_mm: Thin the points first: one for each cubic cell of this side.
        keep_outliers: Keep points that lie on no surface.
        noise_mm: Standard deviation of the points across the surface; None estimates it.
        process: Print process that the solid is checked for: "fdm", "sla" or "sls".
        thicken_walls: Thicken walls below the process's minimum, too.
        base: Cut a flat base where there is too little contact with the bed, too.
        seed: For the points that are drawn from a mesh.
        on_step: Called with (done, all) while the surface is made.

    Returns:
        The solid: `mesh` in millimetres, the gate's `report`, `changes` in words, `record`.

    Raises:
        InputError: The scan is empty, not finite, too large or not readable.
        ConfigError: An argument has the wrong type or is outside its range.
        NotSolidError: The surface cannot be made into a solid.
        MissingDependencyError: The file's format, or Poisson, needs a package.

    Example:
        >>> import caddis, trimesh
        >>> points = trimesh.creation.icosphere(subdivisions=4, radius=20).vertices
        >>> ball = caddis.reconstruct(points, resolution=48, height_mm=30)
        >>> ball.mesh.is_watertight, ball.report["closed"].status
        (True, 'pass')
    """
    from caddis.app.making.scans import reconstructed
    from caddis.geometry.scans import load_scan

    checked_argument("on_step", on_step)
    asked: dict[str, Any] = {
        "surface": surface, "resolution": resolution, "faces": faces, "height_mm": height_mm,
        "unit": unit, "up": up, "voxel_mm": voxel_mm, "keep_outliers": keep_outliers,
        "noise_mm": noise_mm, "process": process, "thicken_walls": thicken_walls, "base": base,
        "seed": seed,
    }  # fmt: skip
    options = ReconstructOptions(**asked)
    if isinstance(scan, str | Path):
        return reconstructed(
            load_scan(Path(scan), options.unit), options, Path(scan).name, on_step=on_step
        )
    return reconstructed(_as_points(scan), options, "scan", on_step=on_step)


def repair(
    mesh: str | Path | trimesh.Trimesh | Made | WebSolid,
    *,
    process: str = RepairOptions.process,
    thicken_walls: bool = RepairOptions.thicken_walls,
    base: bool = RepairOptions.base,
) -> Made:
    """Make a mesh one clean solid, say what was changed, and check it.

    Args:
        mesh: A file, a mesh in millimetres, or an object of another function.
        process: Print process whose limits apply: "fdm", "sla" or "sls".
        thicken_walls: Thicken walls below the process's minimum, too.
        base: Cut a flat base where there is too little contact with the bed, too.

    Raises:
        InputError: The mesh is empty, not finite, too large or not readable.
        ConfigError: An argument has the wrong type or is outside its range.
        NotSolidError: The mesh cannot be made into a solid.

    Example:
        >>> import caddis, trimesh
        >>> box = trimesh.creation.box((30, 20, 10))
        >>> box.update_faces(range(1, 12))  # one of its 12 faces is lost
        >>> mended = caddis.repair(box)
        >>> mended.mesh.is_watertight, round(mended.mesh.volume)
        (True, 6000)
    """
    from caddis.app.making.scans import repaired

    asked: dict[str, Any] = {"process": process, "thicken_walls": thicken_walls, "base": base}
    source = Path(mesh).name if isinstance(mesh, str | Path) else "mesh"
    return repaired(_as_mesh(mesh), RepairOptions(**asked), source)


def load(path: str | Path) -> trimesh.Trimesh:
    """Load a mesh in millimetres from an STL, 3MF, OBJ, PLY or GLB file.

    Raises:
        MeshReadError: The file is not there, or not the mesh it claims to be.
        UnsupportedFormatError: An ending that cannot be read.
        EmptyMeshError: No faces.
        NonFiniteError: NaN or infinite coordinates.
        TooLargeError: More faces or bytes than the limits.
        ConfigError: The argument is no path.

    Example:
        >>> import caddis, trimesh
        >>> _ = trimesh.creation.box((30, 20, 10)).export("box.stl")
        >>> caddis.load("box.stl").extents.tolist()
        [30.0, 20.0, 10.0]
    """
    from caddis.geometry.files.mesh_io import load_mesh

    return load_mesh(Path(checked_argument("path", path)))


def check(
    mesh: str | Path | trimesh.Trimesh | Made | WebSolid,
    *,
    process: str | Profile = CheckOptions.process,
    height_mm: float | None = CheckOptions.height_mm,
    bodies: int = 1,
) -> GateReport:
    """Ask whether a mesh prints: is it one solid, has it the right size, does it stand?

    Args:
        mesh: A file, a mesh in millimetres, or an object of another function.
        process: "fdm", "sla", "sls" or a profile of your own.
        height_mm: Height that it should have; None leaves that check out.
        bodies: Number of separate solids that it should consist of.

    Raises:
        InputError: The mesh is empty, not finite, too large or not readable.
        ConfigError: An argument has the wrong type or is outside its range.

    Example:
        >>> import caddis, trimesh
        >>> report = caddis.check(trimesh.creation.box((30, 20, 10)), process="sla")
        >>> report.passed, report["closed"].status
        (True, 'pass')
    """
    from caddis.geometry.gate import Profile
    from caddis.geometry.gate import check as run

    asked: dict[str, Any] = {"height_mm": height_mm}
    if not isinstance(process, Profile):
        asked["process"] = process
    options = CheckOptions(**asked)
    bodies = checked_argument("bodies", bodies)
    profile = process if isinstance(process, Profile) else options.process
    return run(_as_mesh(mesh), profile=profile, height_mm=options.height_mm, bodies=bodies)


def export(
    mesh: Printable | Iterable[Printable],
    path: str | Path,
    *,
    title: str | None = None,
    licence: str | None = None,
    record: Mapping[str, object] | None = None,
) -> Path | list[Path]:
    """Write one object or many in millimetres as STL, 3MF, GLB, OBJ or PLY, whole or not at all.

    Args:
        mesh: A mesh in millimetres, or an object of another function, which brings its own title,
            licence and record; or several of them, whose files are numbered: `lamp.stl` becomes
            `lamp-1.stl`, `lamp-2.stl`, ...
        path: The file; its ending says the format.
        title: What it is; kept in 3MF files.
        licence: Under what terms it may be used; kept in 3MF files.
        record: What to keep in a JSON file beside it; none is written for None.

    Returns:
        The path, or the paths of several objects.

    Raises:
        OutputError: The path cannot be written.
        UnsupportedFormatError: The ending is no format that we write.
        EmptyMeshError: The mesh has no faces, or there is no object in the list.
        ConfigError: An argument has the wrong type.

    Example:
        >>> import caddis, trimesh
        >>> caddis.export(trimesh.creation.box((30, 20, 10)), "box.3mf").name
        'box.3mf'
    """
    from caddis.geometry.files.export import export_mesh

    target = Path(checked_argument("path", path))
    given = {"title": title, "licence": licence, "record": record}
    given = {name: checked_argument(name, value) for name, value in given.items()}
    stated = {name: value for name, value in given.items() if value is not None}
    if many := isinstance(mesh, Iterable) and not isinstance(mesh, str):
        meshes: list[Any] = [*mesh]
        if not meshes:
            raise EmptyMeshError("there is no object to write", str(path), "Give at least one.")
        files = [target.with_stem(f"{target.stem}-{n}") for n, _ in enumerate(meshes, start=1)]
        files = files if len(meshes) > 1 else [target]
    else:
        meshes, files = [mesh], [target]
    # all are looked at before the first is written
    solids = [_as_mesh(one) for one in meshes]
    for one, solid, file in zip(meshes, solids, files, strict=True):
        export_mesh(solid, file, **{**_known_of(one, file), **stated})
    return files if many else target


def _known_of(mesh: object, file: Path) -> dict[str, Any]:
    """Return the title, licence and record that an object brings along."""
    from caddis.app.making.made import UNKNOWN_LICENCE, Made

    if isinstance(mesh, Made):
        return {"title": mesh.title, "licence": mesh.licence, "record": mesh.record}
    return {"title": file.stem, "licence": UNKNOWN_LICENCE, "record": None}


def _as_mesh(mesh: object) -> trimesh.Trimesh:
    """Return the mesh of whatever stands for one."""
    import trimesh

    from caddis.app.making.made import Made
    from caddis.geometry.webs.solid import WebSolid

    if isinstance(mesh, str | Path):
        return load(mesh)
    if isinstance(mesh, Made | WebSolid):
        return mesh.mesh
    if isinstance(mesh, trimesh.Trimesh):
        return mesh
    raise ConfigError(
        f"mesh must be a file, a trimesh.Trimesh or an object of Caddis, not {type(mesh).__name__}",
        "mesh",
    )


def _as_points(scan: Any) -> trimesh.Trimesh | NDArray[np.float64]:
    """Return a mesh as it is, and anything else as an array of numbers."""
    import numpy as np
    import trimesh

    if isinstance(scan, trimesh.Trimesh):
        return scan
    try:
        if scan is None or np.iscomplexobj(scan):
            raise TypeError
        return np.asarray(scan, dtype=np.float64)
    except (TypeError, ValueError):
        raise ConfigError(
            f"scan must be a file, a mesh or rows of numbers, not {type(scan).__name__}", "scan"
        ) from None
