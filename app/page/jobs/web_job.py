"""The job "web": makes a printable solid of one sample, or of many along a curve.

It also writes a picture of the forces, tables of figures, and the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from caddis.app.making.web import solid_web
from caddis.app.making.web_options import SingleSamples
from caddis.app.outputs import slug
from caddis.app.page.jobs.save_solid import save_solid
from caddis.app.page.jobs.web_design import Design
from caddis.app.page.jobs.web_snippets import web_command, web_python
from caddis.generation.stopwatch import Stopwatch
from caddis.geometry.errors import MechanismError
from caddis.geometry.files.atomic import atomic_path
from caddis.geometry.gate import named_profile
from caddis.geometry.options.kinds import Axis
from caddis.geometry.options.webs import SolidOptions
from caddis.geometry.webs import Web, web_parameters
from caddis.geometry.webs.drawing import draw_web
from caddis.geometry.webs.files import write_web
from caddis.geometry.webs.mechanics import Response, stretch
from caddis.geometry.webs.solid import placed, with_radii

AXES: tuple[Axis, ...] = ("x", "y", "z")
_PIXELS = 640


def make_web(options: Mapping[str, Any], folder: Path, emit: Callable[..., None]) -> None:
    """Make one web. Options: those of `Design.of`."""
    design = Design.of(options)
    seconds = Stopwatch()
    emit("progress", text="making the samples")
    with seconds.stage("samples"):
        web, joined = _made(design)
    emit("progress", text=f"{len(web.nodes):,} nodes, {len(web.edges):,} struts: making the solid")
    made = solid_web(
        web, design.printed, title=design.title, licence=design.asked.licence(), record={},
        watch=seconds,
    )  # fmt: skip
    emit("progress", text="computing the forces")
    with seconds.stage("forces"):
        pulled = _pulled(_strutted(web, design.printed))
    figures = {
        "The web": {**joined, **_geometry(web)},
        "Stiffness, printed in PLA": _stiffness(pulled),
    }
    along = {str(axis): one for axis, one in pulled.items()}.get(design.axis)
    if along is not None:
        picture = draw_web(along.web, _PIXELS, forces=along.axial_n)
        with atomic_path(folder / "forces.png") as temporary:
            picture.save(temporary, format="PNG")
    stem = slug(f"{design.title} {design.asked.seed}")
    graphs = [f"{stem}.json", f"{stem}.graphml"]
    for name in graphs:
        write_web(made.web or web, folder / name)
    save_solid(
        made, folder, stem, kind="web", snippets=(web_command(design), web_python(design)),
        more={"figures": figures, "forces": "forces.png" if along is not None else ""},
        more_files=graphs,
    )  # fmt: skip
    emit("result", folder=str(folder))


def _strutted(web: Web, how: SolidOptions) -> Web:
    """Return the web in its printed size and with its printed struts, without a base."""
    thinnest = named_profile(how.process).min_wall_mm
    return with_radii(placed(replace(web, radii=None), how), max(how.diameter_mm, thinnest))


def _pulled(web: Web) -> dict[Axis, Response]:
    """Pull along each axis; leave out axes along which the two ends are not connected."""
    found: dict[Axis, Response] = {}
    for axis in AXES:
        try:
            found[axis] = stretch(web, axis)
        except MechanismError:
            continue
    return found


def _made(design: Design) -> tuple[Web, dict[str, Any]]:
    """Return the web, and figures on how its samples were joined."""
    if isinstance(design.asked, SingleSamples):
        return design.asked.samples()[0], {}
    web, report = design.asked.assembled()
    joined = {"welded nodes": report.welded, "links across seams": report.links}
    return web, {"samples": report.samples, **joined}


def _geometry(web: Web) -> dict[str, Any]:
    found = web_parameters(web)
    return {
        "nodes": found.nodes,
        "struts": found.edges,
        "mean degree": found.mean_degree,
        "mean strut, mm": found.mean_length_mm,
        "clustering": found.clustering,
        "connected parts": found.parts,
    }


def _stiffness(pulled: Mapping[Axis, Response]) -> dict[str, Any]:
    if not pulled:
        return {"pulled along any axis": "nothing joins the two ends"}
    first = next(iter(pulled.values())).stiffness
    axes = ", ".join(pulled)
    moduli = [1e6 * one.stiffness.modulus_mpa for one in pulled.values()]
    specific = [1e3 * one.stiffness.specific for one in pulled.values()]
    return {
        "relative density, %": 100.0 * first.relative_density,
        "mass, g": first.mass_g,
        f"modulus along {axes}, Pa": _listed(moduli),
        f"stiffness to weight along {axes}, kPa/(g/cm³)": _listed(specific),
    }


def _listed(values: list[float]) -> str:
    return ", ".join(f"{one:.3g}" if one < 1000 else f"{one:,.0f}" for one in values)
