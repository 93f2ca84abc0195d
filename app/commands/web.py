"""`caddis web`: build, measure, draw and assemble spider webs, and make solids of them."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import tyro
from tyro.conf import subcommand

from app.commands.base import FAILED, PASSED, Command
from app.outputs import FORMATS, check_writable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.webs.assembly import AssemblyReport
    from generation.webs.curves import Curve
    from generation.webs.places import Places
    from geometry.webs.graph import Web as WebGraph
    from geometry.webs.solid import SolidOptions

WEB_LICENCE = "CC0-1.0"
"""What is built here from numbers alone is the user's."""


@dataclass(frozen=True, kw_only=True)
class Build(Command):
    """Build a whole web thread by thread, as a spider does, and write it as a graph."""

    kind: tyro.conf.Positional[Literal["tangle", "sheet", "orb"]]
    """What web."""
    out: Path
    """The file to write (.json .graphml .csv)."""
    seed: int = 0
    """Another web of the kind."""

    def run(self) -> int:
        """Build, write, and say how large it is."""
        from app.console import output
        from data.webs.kinds import build_web
        from geometry.webs.files import web_format, write_web

        web_format(self.out)
        check_writable(self.out)
        web = build_web(self.kind, self.seed)
        write_web(web, self.out)
        output().print(f"{len(web.nodes)} nodes, {len(web.edges)} threads in {self.out}")
        return PASSED


@dataclass(frozen=True, kw_only=True)
class Analyse(Command):
    """Measure a web: its geometry, and how stiff it would be as a print."""

    file: tyro.conf.Positional[Path]
    """A web in millimetres: JSON, GraphML or CSV."""
    diameter_mm: float = 1.0
    """Diameter of struts whose radius the file does not say."""
    young_mpa: float = 3500.0
    """Young's modulus of the material; PLA when left out."""
    density: float = 1.24
    """Density of the material in g/cm3."""
    joints: Literal["rigid", "pinned"] = "rigid"
    """Joints of printed struts are rigid; pinned ones carry axial force alone."""
    picture: Path | None = None
    """A PNG to draw: the struts by their force, red where pulled and blue where pushed."""
    axis: Literal["x", "y", "z"] = "x"
    """Direction in which the web is pulled in the picture."""
    size: int = 768
    """Side of the picture in pixels."""
    json: bool = False
    """Print figures as JSON."""

    def run(self) -> int:
        """Measure, and print tables or JSON."""
        if self.picture:
            check_writable(self.picture)
        from geometry.errors import MechanismError
        from geometry.webs.files import read_web
        from geometry.webs.mechanics import stretch
        from geometry.webs.mechanics.material import Material
        from geometry.webs.parameters import web_parameters
        from geometry.webs.solid import with_radii

        web = with_radii(read_web(self.file), self.diameter_mm)
        figures: dict[str, object] = {"geometry": web_parameters(web).to_json()}
        material = Material(self.young_mpa, 0.35, self.density)
        for axis in ("x", "y", "z"):
            try:
                pulled = stretch(web, axis, material=material, joints=self.joints)
            except MechanismError as error:
                figures[f"pulled along {axis}"] = {"not loaded": error.what}
                continue
            figures[f"pulled along {axis}"] = vars(pulled.stiffness)
            if axis == self.axis and self.picture:
                _write_picture(pulled.web, self.picture, pulled.axial_n, self.size)
        if self.json:
            sys.stdout.write(json.dumps(figures, indent=2) + "\n")
        else:
            _print_figures(self.file.name, figures)
        return PASSED


@dataclass(frozen=True, kw_only=True)
class Draw(Command):
    """Draw a web, its threads by the tension that the file says."""

    file: tyro.conf.Positional[Path]
    """A web: JSON, GraphML or CSV."""
    out: Path
    """The PNG to write."""
    size: int = 768
    """Side of the picture in pixels."""

    def run(self) -> int:
        """Draw and write."""
        check_writable(self.out)
        from geometry.webs.files import read_web

        web = read_web(self.file)
        _write_picture(web, self.out, web.tensions, self.size)
        return PASSED


@dataclass(frozen=True)
class Fabrication:
    """How struts become a solid."""

    diameter_mm: float = 1.0
    """Diameter of struts whose radius the web does not say."""
    process: str = "fdm"
    """Print process that the struts are held to: fdm, sla or sls."""
    base: Literal["none", "cut", "plate", "frame"] = "cut"
    """none, cut (lowest struts cut flat), plate (slab with legs) or frame (bars around)."""
    bar_mm: float | None = None
    """Thickness of plate or bars; three struts and at least 3 mm when left out."""
    size_mm: float | None = None
    """Longest side of the web; its own size when left out."""
    lie_flat: bool = False
    """Turn the web so that it is thinnest upwards."""
    fineness: float = 3.0
    """Grid cells across the thinnest strut, 2.5 to 12: rounder and slower."""

    def options(self) -> SolidOptions:
        """Return the options of `web_solid`."""
        from geometry.webs.solid import SolidOptions

        return SolidOptions(**vars(self))


@dataclass(frozen=True, kw_only=True)
class Solid(Command):
    """Turn a web into one closed body that prints; exit code 1 when the print gate fails."""

    file: tyro.conf.Positional[Path]
    """A web in millimetres: JSON, GraphML or CSV."""
    out: Path
    """The file to write (.3mf .stl .glb .obj .ply)."""
    keep_largest: bool = False
    """Drop all but the largest connected part."""
    fabrication: Fabrication = Fabrication()
    """How."""

    def run(self) -> int:
        """Mesh, check, write, and print the gate's report."""
        _plan(self.out)
        from geometry.webs.editing import largest_part
        from geometry.webs.files import read_web

        web = read_web(self.file)
        web = largest_part(web) if self.keep_largest else web
        return _write_solid(web, self.out, self.fabrication, {"source": self.file.name}, "unknown")


@dataclass(frozen=True, kw_only=True)
class Assemble(Command):
    """Lay samples of webs along a curve, over a surface or through a solid, as one web or body."""

    out: Path
    """A mesh to print (.3mf .stl .glb .obj .ply) or a web (.json .graphml .csv)."""
    curve: Literal["helix", "knot", "formula", "polyline", "surface", "inside"] = "helix"
    """Where the samples go."""
    x: str = "40*cos(t)"
    """Formula of t, for --curve formula; so --y and --z."""
    y: str = "40*sin(t)"
    """Formula of t."""
    z: str = "5*t"
    """Formula of t."""
    start: float = 0.0
    """First t."""
    end: float = 12.0
    """Last t."""
    path: Path | None = None
    """Points of --curve polyline (rows x y z), or the mesh of --curve surface and inside."""
    radius_mm: float = 40.0
    """Radius of the helix, reach of the knot."""
    pitch_mm: float = 30.0
    """Rise of the helix in one turn."""
    turns: float = 3.0
    """Turns of the helix."""
    count: int = 80
    """Number of samples."""
    nodes: int | None = None
    """Wanted nodes of each sample, 2 to 64."""
    mean_degree: float | None = None
    """Wanted mean degree of each sample."""
    kind: Literal["tangle", "sheet", "orb"] = "tangle"
    """Kind of web that samples are cut from."""
    web: Path | None = None
    """A web of your own to cut samples from instead."""
    seed: int = 0
    """Other samples."""
    keep_ends: bool = False
    """Keep threads that end in nothing."""
    fabrication: Fabrication = Fabrication()
    """How, when a mesh is written."""

    def run(self) -> int:
        """Assemble, report, and write."""
        mesh = self.out.suffix.lower().removeprefix(".") in FORMATS
        if not mesh:
            from geometry.webs.files import web_format

            web_format(self.out)
        check_writable(self.out)
        from app.console import output, table
        from geometry.webs.files import write_web

        web, report = self.assembled()
        rows = [(name.replace("_", " "), value) for name, value in report.to_json().items()]
        output().print(table(self.out.name, ("assembly", "value"), rows))
        if not mesh:
            write_web(web, self.out)
            return PASSED
        record: dict[str, object] = {
            "assembly": report.to_json(),
            "curve": self.curve,
            "seed": self.seed,
        }
        return _write_solid(web, self.out, self.fabrication, record, WEB_LICENCE)

    def assembled(self) -> tuple[WebGraph, AssemblyReport]:
        """Return the structure and how it hangs together.

        Raises:
            CaddisError: A curve, a file or a wish that is impossible.
        """
        from generation.webs.assembly import Assembly, assemble
        from generation.webs.conditions import WebCondition
        from generation.webs.generator import Pieces
        from geometry.webs.files import read_web

        wish = WebCondition(nodes=self.nodes, mean_degree=self.mean_degree)
        places = self.places()
        generator = (
            Pieces.of_kind(self.kind, self.seed)
            if self.web is None
            else Pieces([read_web(self.web)], self.seed)
        )
        samples = generator.sample(wish, self.count, self.seed)
        return assemble(samples, places, Assembly(trim=not self.keep_ends))

    def places(self) -> Places:
        """Return where the samples go.

        Raises:
            CaddisError: A curve or a mesh that is none.
        """
        from generation.webs.places import along_curve, inside, on_surface
        from geometry.mesh_io import load_mesh

        if self.curve == "surface":
            return on_surface(load_mesh(self.needed_path()), self.count, self.seed)
        if self.curve == "inside":
            return inside(load_mesh(self.needed_path()), self.count, self.seed)
        return along_curve(self.line(), self.count)

    def line(self) -> Curve:
        """Return the curve.

        Raises:
            CaddisError: It is none.
        """
        from generation.webs.curves import formula, helix, knot, read_polyline

        if self.curve == "helix":
            return helix(self.radius_mm, self.pitch_mm, self.turns)
        if self.curve == "knot":
            return knot(self.radius_mm / 3.0)
        if self.curve == "formula":
            return formula(self.x, self.y, self.z, self.start, self.end)
        return read_polyline(self.needed_path())

    def needed_path(self) -> Path:
        """Return the file that this curve comes from.

        Raises:
            ConfigError: None was given.
        """
        from geometry.errors import ConfigError

        if self.path is None:
            raise ConfigError(f"--curve {self.curve} needs a file", "--path")
        return self.path


def _plan(out: Path) -> None:
    """Refuse a mesh file that cannot be written."""
    from geometry.export import check_writable as known_format

    known_format(out)
    check_writable(out)


def _write_solid(
    web: WebGraph, out: Path, how: Fabrication, record: dict[str, object], licence: str
) -> int:
    """Mesh, check, write a web, and print the gate's report."""
    from app.console import output
    from app.reports import gate_table
    from geometry.export import export_mesh
    from geometry.gate import check
    from geometry.webs.solid import web_solid

    made = web_solid(web, how.options())
    report = check(made.mesh, profile=how.process)
    about = {**record, "print": vars(how), "changes": list(made.changes), "gate": report.to_json()}
    export_mesh(made.mesh, out, title=out.stem, licence=licence, record=about)
    for change in made.changes:
        output().print(f"- {change}")
    output().print(gate_table(out.name, report))
    return PASSED if report.passed else FAILED


def _write_picture(
    web: WebGraph, path: Path, forces: NDArray[np.float64] | None, size: int
) -> None:
    from geometry.files import atomic_path
    from geometry.webs.drawing import draw_web

    picture = draw_web(web, size, forces=forces)
    with atomic_path(path) as beside:
        picture.save(beside, format="PNG")


def _print_figures(name: str, figures: dict[str, object]) -> None:
    from app.console import output, table

    for title, group in figures.items():
        assert isinstance(group, dict)  # noqa: S101  # as `Analyse.run` made it
        rows = [(key.replace("_", " "), _shown(value)) for key, value in group.items()]
        output().print(table(f"{name}: {title}", ("figure", "value"), rows))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(one) for one in value)
    return f"{value:.4g}" if isinstance(value, float) else str(value)


Web = Annotated[
    Annotated[Build, subcommand("build")]
    | Annotated[Analyse, subcommand("analyse")]
    | Annotated[Draw, subcommand("draw")]
    | Annotated[Solid, subcommand("solid")]
    | Annotated[Assemble, subcommand("assemble")],
    subcommand("web", description="Build, measure, draw, assemble and print spider webs."),
]
