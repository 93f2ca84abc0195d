"""Caddis: solids that print, from words, categories or scans. This module is the public API.

Example:
    >>> import caddis
    >>> stool = caddis.generate("a round wooden stool", seed=7)[0]
    >>> caddis.export(stool, "stool.3mf")
    >>> caddis.check("stool.3mf").status
    'pass'

`python -m caddis` is the command line. Importing this module is cheap: what a function needs
is imported when it is called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.version import VERSION

if TYPE_CHECKING:
    import numpy as np
    import trimesh
    from numpy.typing import NDArray

    from caddis.app.spider_webs import assemble_webs, generate_webs, train_webs
    from caddis.data.webs.kinds import build_web
    from caddis.generation.pipeline import Generated
    from caddis.generation.webs.assembly import AssemblyReport
    from caddis.geometry.errors import CaddisError
    from caddis.geometry.gate import Check, GateReport, Profile
    from caddis.geometry.webs import Web, web_parameters
    from caddis.geometry.webs.drawing import draw_web
    from caddis.geometry.webs.files import read_web, write_web
    from caddis.geometry.webs.mechanics import stretch
    from caddis.geometry.webs.solid import SolidOptions, web_solid

# In a checkout that is not installed, such as one on a borrowed machine, the packages lie beside
# this folder; in a wheel they lie inside it.
_beside = Path(__file__).resolve().parent.parent
if (_beside / "pyproject.toml").is_file() and (_beside / "geometry").is_dir():
    __path__.append(str(_beside))

__version__ = VERSION
__all__ = [
    "AssemblyReport",
    "CaddisError",
    "Check",
    "GateReport",
    "Generated",
    "Profile",
    "SolidOptions",
    "Web",
    "assemble_webs",
    "build_web",
    "categories",
    "check",
    "draw_web",
    "export",
    "generate",
    "generate_webs",
    "load",
    "read_web",
    "reconstruct",
    "stretch",
    "train_webs",
    "web_parameters",
    "web_solid",
    "write_web",
]

_LAZY = {
    "AssemblyReport": "caddis.generation.webs.assembly",
    "CaddisError": "caddis.geometry.errors",
    "Check": "caddis.geometry.gate",
    "GateReport": "caddis.geometry.gate",
    "Generated": "caddis.generation.pipeline",
    "Profile": "caddis.geometry.gate",
    "SolidOptions": "caddis.geometry.webs.solid",
    "Web": "caddis.geometry.webs",
    "assemble_webs": "caddis.app.spider_webs",
    "build_web": "caddis.data.webs.kinds",
    "draw_web": "caddis.geometry.webs.drawing",
    "generate_webs": "caddis.app.spider_webs",
    "read_web": "caddis.geometry.webs.files",
    "stretch": "caddis.geometry.webs.mechanics",
    "train_webs": "caddis.app.spider_webs",
    "web_parameters": "caddis.geometry.webs",
    "web_solid": "caddis.geometry.webs.solid",
    "write_web": "caddis.geometry.webs.files",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


def generate(
    text: str | None = None,
    category: str | None = None,
    *,
    seed: int = 0,
    count: int = 1,
    height_mm: float | None = None,
    faces: int | None = None,
    process: str = "fdm",
    surface: str = "marching-cubes",
    resolution: int = 96,
    candidates: int = 4,
    guidance: float | None = None,
    temperature: float | None = None,
    top_p: float | None = None,
    preset: str = "nano",
    weights: str | Path | None = None,
    device: str = "auto",
    on_token: Callable[[int, int], None] | None = None,
) -> list[Generated]:
    """Generate printable solids from words, a category, both, or neither.

    Args:
        text: What to make, in English.
        category: One of `categories()`, or a word for several of them, such as "lamp".
        seed: Same seed, same arguments, same machine: same bytes.
        count: How many different objects.
        height_mm: Height of each object, 1 to 2000; None takes 60, or less for what would not
            fit the bed of the process.
        faces: Wanted number of triangles; None for as many as the surface needs.
        process: Print process whose limits apply: "fdm", "sla" or "sls".
        surface: Name of the surface back-end.
        resolution: Cells along a side of the box that is meshed.
        candidates: Drafts per object, of which the likeliest printable one is kept.
        guidance: How strongly the conditions count; None for the default, 0 for not at all.
        temperature: Higher is more varied; None for the default.
        top_p: Share of the likeliest tokens to draw from, in (0, 1]; None for the default.
        preset: Which shipped model.
        weights: Folder of a training run, in place of a shipped model.
        device: "cpu", "cuda", or "auto" for CUDA where there is a card.
        on_token: Called after each token with the number written and the number in all.

    Returns:
        `count` objects. Each has a mesh in millimetres that stands on z = 0, the print
        gate's report, and what is needed to make it again.

    Raises:
        UnknownCategoryError: The model does not know the category.
        EmptyTextError: The text has no word that the model knows.
        ConfigError: An argument is outside its range.
        WeightsError: The weights are missing or damaged.
        NoSurfaceError: No draft of an object has a surface.

    Example:
        >>> lamps = generate(category="lamp", count=4, height_mm=120)
        >>> [lamp.report.status for lamp in lamps]
        ['pass', 'pass', 'warn', 'pass']
    """
    from caddis.app.generating import sampling
    from caddis.generation.pipeline import Request
    from caddis.generation.pipeline import generate as run

    request = Request(
        text=text,
        category=category,
        seed=seed,
        count=count,
        height_mm=height_mm,
        preset=preset,
        weights=None if weights is None else Path(weights),
        surface=surface,
        resolution=resolution,
        faces=faces,
        process=process,
        candidates=candidates,
        sampling=sampling(guidance=guidance, temperature=temperature, top_p=top_p),
        device=device,
    )
    return list(run(request, on_token=on_token))


def categories(preset: str = "nano") -> list[str]:
    """Return the categories that a shipped preset can be asked for, sorted.

    Raises:
        ConfigError: There is no such preset.
        WeightsError: Its weights are missing or damaged.

    Example:
        >>> "chair" in categories()
        True
    """
    from caddis.generation.pipeline import categories as known

    return known(preset)


def reconstruct(
    scan: str | Path | trimesh.Trimesh | NDArray[np.float64],
    *,
    height_mm: float | None = None,
    surface: str | None = None,
    resolution: int | None = None,
    faces: int | None = None,
    unit: str = "auto",
) -> trimesh.Trimesh:
    """Turn a scan into one closed solid that stands on z = 0.

    Points become a GridPull surface; the holes of a mesh are closed and its shells united.

    Args:
        scan: A file, a mesh, or points (N, 3) or oriented points (N, 6), with Z up.
        height_mm: Height of the solid; None keeps the scan's size.
        surface: Name of the back-end for points; None takes the default, and mends a mesh
            rather than making it anew.
        resolution: Cells along the longest side, for points; None takes the back-end's own.
        faces: Wanted number of triangles; None for as many as the surface needs.
        unit: Unit of a file: "mm", "cm", "m" or "inch"; "auto" goes by its format.

    Raises:
        InputError: The scan is empty, not finite, too large or not readable.
        NotSolidError: The surface cannot be made into a solid.
        MissingDependencyError: The file's format, or Poisson, needs a package.

    Example:
        >>> part = reconstruct("scan.ply", height_mm=40)
        >>> part.is_watertight
        True
    """
    from caddis.geometry.scans.reconstruct import Options, load_scan
    from caddis.geometry.scans.reconstruct import reconstruct as run

    points_or_mesh = load_scan(scan, unit) if isinstance(scan, str | Path) else scan
    options = Options(surface=surface, resolution=resolution, faces=faces)
    return run(points_or_mesh, height_mm=height_mm, options=options).mesh


def load(path: str | Path) -> trimesh.Trimesh:
    """Load a mesh in millimetres from an STL, 3MF, OBJ, PLY or GLB file.

    Raises:
        MeshReadError: The file is not there, or not the mesh it claims to be.
        UnsupportedFormatError: An ending that cannot be read.
        EmptyMeshError: No faces.
        NonFiniteError: NaN or infinite coordinates.
        TooLargeError: More faces or bytes than the limits.

    Example:
        >>> load("stool.3mf").extents
        array([41.2, 40.8, 60. ])
    """
    from caddis.geometry.files.mesh_io import load_mesh

    return load_mesh(Path(path))


def check(
    mesh: str | Path | trimesh.Trimesh | Generated,
    *,
    process: str | Profile = "fdm",
    height_mm: float | None = None,
    bodies: int = 1,
) -> GateReport:
    """Ask whether a mesh prints: is it one solid, has it the right size, does it stand?

    Args:
        mesh: A file, a mesh in millimetres, or a generated object.
        process: "fdm", "sla", "sls" or a profile of your own.
        height_mm: Height that it should have; None leaves that check out.
        bodies: Number of separate solids that it should consist of.

    Raises:
        InputError: The mesh is empty, not finite, too large or not readable.
        ConfigError: There is no such process.

    Example:
        >>> report = check("stool.3mf", process="sla")
        >>> report.passed, report["closed"].value
        (True, 0)
    """
    from caddis.geometry.gate import check as run

    return run(_as_mesh(mesh), profile=process, height_mm=height_mm, bodies=bodies)


def export(
    mesh: trimesh.Trimesh | Generated,
    path: str | Path,
    *,
    title: str | None = None,
    licence: str | None = None,
    record: Mapping[str, object] | None = None,
) -> Path:
    """Write a mesh in millimetres as STL, 3MF, GLB, OBJ or PLY, whole or not at all.

    Args:
        mesh: A mesh in millimetres, or a generated object, which brings its own title,
            licence and record.
        path: The file; its ending says the format.
        title: What it is; kept in 3MF files.
        licence: Under what terms it may be used; kept in 3MF files.
        record: What to keep in a JSON file beside it; none is written for None.

    Returns:
        The path.

    Raises:
        OutputError: The path cannot be written.
        UnsupportedFormatError: The ending is no format that we write.
        EmptyMeshError: The mesh has no faces.

    Example:
        >>> export(generate("a stool")[0], "stool.stl")
        PosixPath('stool.stl')
    """
    from caddis.app.delivery import describe
    from caddis.geometry.files.export import export_mesh

    given = {"title": title, "licence": licence, "record": record}
    described = describe(mesh, Path(path).stem)
    described |= {name: value for name, value in given.items() if value is not None}
    return export_mesh(_as_mesh(mesh), Path(path), **described)


def _as_mesh(mesh: str | Path | trimesh.Trimesh | Generated) -> trimesh.Trimesh:
    import trimesh

    if isinstance(mesh, str | Path):
        return load(mesh)
    return mesh if isinstance(mesh, trimesh.Trimesh) else mesh.mesh
