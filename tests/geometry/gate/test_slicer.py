"""The gate and PrusaSlicer agree on what prints, and the gate sees more."""

import pytest

from caddis.geometry.gate import check
from caddis.geometry.repair import make_printable, repair
from tests.geometry.shapes import ball, box, cup, together, turned, without_faces
from tests.slicer import LAYER_MM, SLICER, info, slice_file

pytestmark = [
    pytest.mark.slicer,
    pytest.mark.skipif(SLICER is None, reason="PrusaSlicer is not installed"),
]


def stl(mesh, folder):
    path = folder / "part.stl"
    mesh.export(path)
    return path


@pytest.mark.parametrize(
    "mesh",
    [cup(), make_printable(ball(15, subdivisions=4)).mesh, repair(without_faces(box(), [3])).mesh],
    ids=["cup", "ball with a base", "mended box"],
)
def test_what_passes_the_gate_is_sliced_without_a_complaint(mesh, tmp_path):
    assert check(mesh).passed
    path = stl(mesh, tmp_path)
    facts = info(path)
    assert facts["manifold"] == "yes"
    assert facts["number_of_parts"] == "1"
    assert float(facts["volume"]) == pytest.approx(mesh.volume, rel=0.005)
    assert not {"open_edges", "facets_reversed", "degenerate_facets"} & set(facts)
    sliced = slice_file(path)
    assert sliced.complaints == ()
    assert sliced.layers == pytest.approx(mesh.extents[2] / LAYER_MM, abs=1)
    assert sliced.filament_mm > 0.0


@pytest.mark.parametrize(
    ("mesh", "name"),
    [
        (turned(box()), "oriented"),
        (together(box(), box(at=(20, 20, 0))), "edge_manifold"),
        (together(box(), box((8, 8, 8), at=(6, 6, 6))), "overlaps"),
        (together(box(), box(at=(10, 5, 0))), "self_intersections"),
    ],
    ids=["inside out", "boxes sharing an edge", "nested shells", "overlapping bodies"],
)
def test_the_gate_stops_what_the_slicer_lets_through(mesh, name, tmp_path):
    assert slice_file(stl(mesh, tmp_path)).layers > 0
    assert check(mesh)[name].status == "fail"


@pytest.mark.parametrize(
    ("mesh", "name"),
    [
        (box((40, 40, 0.05)), "wall"),
        (together(box(), box(at=(0, 0, 30))), "floating"),
        (box((500, 500, 500)), "fits_bed"),
    ],
    ids=["thin plate", "floating part", "too large"],
)
def test_the_gate_stops_what_the_slicer_complains_about(mesh, name, tmp_path):
    assert slice_file(stl(mesh, tmp_path)).complaints
    assert check(mesh)[name].status == "fail"
