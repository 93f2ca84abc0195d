"""Assembled structures are one body for PrusaSlicer, and it slices them without a complaint."""

import pytest

from caddis.generation.webs.assembly import assemble
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.curves import helix, knot
from caddis.generation.webs.generator import Pieces
from caddis.generation.webs.places import along_curve
from caddis.geometry.files.export import export_mesh
from caddis.geometry.gate import check
from caddis.geometry.webs.solid import SolidOptions, web_solid
from tests.slicer import LAYER_MM, SLICER, info, slice_file

pytestmark = [
    pytest.mark.slow,
    pytest.mark.slicer,
    pytest.mark.skipif(SLICER is None, reason="PrusaSlicer is not installed"),
]


@pytest.mark.parametrize(
    ("curve", "count", "ending"),
    [(helix(45.0, 35.0, 3.0), 80, "stl"), (knot(20.0), 60, "3mf")],
    ids=["helix", "knot"],
)
def test_a_long_assembly_prints(curve, count, ending, tmp_path):
    samples = Pieces.of_kind("tangle").sample(WebCondition(nodes=24), count, seed=0)
    web, report = assemble(samples, along_curve(curve, count))
    assert report.parts == 1
    options = SolidOptions(diameter_mm=0.9, size_mm=120.0, base="cut", fineness=2.5)
    made = web_solid(web, options)
    gate = check(made.mesh)
    assert gate.is_solid
    assert gate.passed
    path = export_mesh(made.mesh, tmp_path / f"web.{ending}", title="web", licence="CC0-1.0")
    said = info(path, timeout=280.0)
    assert (said["manifold"], said["number_of_parts"]) == ("yes", "1")
    sliced = slice_file(path, timeout=580.0)
    assert sliced.complaints == ()
    assert sliced.layers == pytest.approx(made.mesh.extents[2] / LAYER_MM, abs=2)
