"""Webs of the page: impossible ones are refused, and commands have the same options."""

from __future__ import annotations

import ast
import itertools
import shlex
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from caddis.app.cli import parse
from caddis.app.commands.web import Assemble
from caddis.app.commands.web.generate import Generate
from caddis.app.making.made import UNKNOWN_LICENCE, Made
from caddis.app.making.web_options import WEB_LICENCE, SingleSamples, Structure
from caddis.app.page.jobs import web_job
from caddis.app.page.jobs.results import Result
from caddis.app.page.jobs.web_design import Design
from caddis.app.page.jobs.web_job import make_web
from caddis.app.page.jobs.web_snippets import web_command, web_python
from caddis.geometry.errors import ConfigError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import check
from caddis.geometry.options.webs import SolidOptions
from caddis.geometry.webs import Web
from caddis.geometry.webs.files import read_web
from tests.geometry.shapes import box

FORMULA = {"curve": "formula", "x": "9*t", "y": "sin(t) * 20", "z": "0*t", "end": 6.5}


@pytest.mark.parametrize(
    "options",
    [
        {"curve": "helix", "count": 12, "nodes": 24, "web_kind": "orb", "seed": 3},
        {"curve": "knot", "radius_mm": 30.0, "lie_flat": True, "base": "frame", "count": 80},
        {**FORMULA, "mean_degree": 3.5, "process": "sla", "size_mm": 90.5},
        {"curve": "inside", "file": "/x/upload.stl", "name": "a 'b'.stl", "count": 9},
        {**FORMULA, "start": -1e-05, "end": 12.566370614359172, "diameter_mm": 1.23456789},
        {"curve": "single", "edge_length_mm": 7.5, "seed": 2**40},
        {"curve": "helix", "model": "autoregressive", "web_kind": "orb"},
    ],
)
def test_the_command_has_the_same_options(options: dict[str, Any]) -> None:
    design = Design.of(options)
    parsed = parse(shlex.split(web_command(design))[1:])
    assert isinstance(parsed, Assemble | Generate)
    assert parsed.printed == design.printed
    kind = SingleSamples if options["curve"] == "single" else Structure
    for name in kind.__dataclass_fields__:
        wanted = getattr(design.asked, name)
        if name == "path" and wanted is not None:
            wanted = Path(options["name"])
        assert getattr(parsed, name) == wanted, name
    ast.parse(web_python(design))


@pytest.mark.parametrize(
    "options",
    [{"count": 1}, {"count": 10_000}, {"curve": "inside"}, {"curve": "polyline", "file": None}],
)
def test_impossible_designs_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        Design.of(options)


@pytest.mark.parametrize("name", ["count", "seed", "diameter_mm", "radius_mm", "turns", "end"])
def test_a_field_that_was_emptied_is_named(name: str) -> None:
    with pytest.raises(ConfigError, match=f"{name}: left empty"):
        Design.of({"count": 3, name: None})


def test_optional_fields_may_be_empty() -> None:
    open_fields = {"nodes": None, "mean_degree": None, "size_mm": None, "web_kind": None}
    assert Design.of({"count": 3, **open_fields}) == Design.of({"count": 3})


@pytest.mark.parametrize(
    ("options", "licence"),
    [
        ({"count": 3}, WEB_LICENCE),
        ({"curve": "single"}, WEB_LICENCE),
        ({"count": 3, "curve": "inside", "file": "/x/upload.stl"}, UNKNOWN_LICENCE),
    ],
)
def test_a_web_made_from_an_upload_has_an_unknown_licence(
    options: dict[str, Any], licence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corners = np.array([[0, 0, 0], [30, 0, 0], [0, 30, 0], [0, 0, 30]], dtype=np.float64)
    web = Web(corners, np.array(list(itertools.combinations(range(4), 2))))

    def made(web: Web, printed: SolidOptions, *, licence: str, **_: object) -> Made:
        return Made(box(), check(box()), "web", licence, {}, web=web)

    monkeypatch.setattr(web_job, "_made", lambda _: (web, {}))
    monkeypatch.setattr(web_job, "solid_web", made)
    monkeypatch.setattr(web_job, "_pulled", lambda _: {})
    saved: list[Made] = []
    monkeypatch.setattr(web_job, "save_solid", lambda made, *_, **__: saved.append(made))
    make_web(options, tmp_path, lambda *_, **__: None)
    assert [one.licence for one in saved] == [licence]


@pytest.mark.slow
def test_a_web_is_made_drawn_measured_and_made_again_in_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    options = {"count": 3, "nodes": 12, "web_kind": "orb", "size_mm": 60.0, "base": "plate"}
    make_web(options, tmp_path, lambda event, **_: told.append(event))
    assert told[-1] == "result"
    result = Result.load(tmp_path)
    assert (tmp_path / result.forces).stat().st_size > 0
    assert {Path(name).suffix for name in result.files} >= {".3mf", ".stl", ".json", ".graphml"}
    mesh = load_mesh(tmp_path / next(name for name in result.files if name.endswith(".stl")))
    assert mesh.is_watertight
    graphs = [read_web(tmp_path / one) for one in result.files if one.endswith(("json", "graphml"))]
    assert len({len(graph.edges) for graph in graphs}) == 1
    assert result.figures["The web"]["samples"] == 3
    assert any(
        "stiffness to weight" in name for name in result.figures["Stiffness, printed in PLA"]
    )
    monkeypatch.chdir(tmp_path)
    exec(result.python, {})  # noqa: S102 - our own snippet
    assert len(load_mesh(tmp_path / "web.3mf").faces) == result.faces
