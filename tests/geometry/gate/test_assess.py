"""Defects that slicers let through: each fails the gate for its own reason."""

import dataclasses
import json

import manifold3d
import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError, EmptyMeshError, NonFiniteError
from caddis.geometry.gate import PROFILES, Check, GateReport, check, is_clean
from caddis.geometry.gate.report import SOLID_CHECKS
from caddis.geometry.mesh.manifold import from_manifold
from tests.geometry.shapes import (
    ball,
    bow_tie,
    box,
    cup,
    spindle,
    together,
    turned,
    without_faces,
)


def failing(mesh, **options):
    return {found.name for found in check(mesh, **options).checks if found.status == "fail"}


def standing_ball(radius=15.0):
    """A ball with a flat base."""
    solid = manifold3d.Manifold.sphere(radius, 48).translate((0, 0, 0.9 * radius))
    return from_manifold(solid.trim_by_plane((0, 0, 1), 0.0))


def test_a_box_passes_every_check():
    report = check(box(), height_mm=20.0)
    assert (report.status, report.passed, report.is_solid) == ("pass", True, True)
    assert {found.status for found in report.checks} == {"pass"}


CASES = {
    "missing face": (without_faces(box(), [3]), {"closed", "overlaps"}),
    "inside out": (turned(box()), {"oriented", "overlaps", "wall", "contact"}),
    "boxes sharing an edge": (
        together(box(), box(at=(20, 20, 0))),
        {"edge_manifold", "vertex_manifold", "bodies", "overlaps"},
    ),
    "nested shells": (together(box(), box((8, 8, 8), at=(6, 6, 0.01))), {"bodies", "overlaps"}),
    "overlapping bodies": (
        together(box(), box(at=(10, 5, 0))),
        {"bodies", "self_intersections", "overlaps"},
    ),
    "thin plate": (box((40, 40, 0.1)), {"smallest_side", "wall"}),
    "floating part": (together(box(), box(at=(40, 0, 30))), {"bodies", "floating"}),
    "unit scale forgotten": (box((1, 1, 1)), {"smallest_side"}),
    "too large": (box((500, 500, 500)), {"fits_bed"}),
    "bow tie": (bow_tie(), {"vertex_manifold", "bodies", "overlaps", "floating", "contact"}),
    "spindle torus": (spindle(), {"self_intersections", "contact"}),
    "ball": (ball(15.0), {"contact"}),
    "one triangle": (
        trimesh.Trimesh([[0, 0, 0], [9, 0, 0], [0, 9, 9]], [[0, 1, 2]]),
        {"closed", "overlaps", "wall", "contact"},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_mesh_fails_for_its_reason_and_says_how_to_mend_it(case):
    mesh, expected = CASES[case]
    report = check(mesh)
    failed = {found.name: found for found in report.checks if found.status == "fail"}
    assert set(failed) == expected
    assert all(found.hint for found in failed.values())
    assert report.is_solid == (not expected & SOLID_CHECKS)


def test_a_hollow_ball_is_one_solid():
    report = check(together(ball(10), turned(ball(5))))
    assert report.is_solid
    assert report["bodies"].value == 1


def test_a_cavity_turned_outwards_is_counted_twice():
    solid = together(ball(10), ball(5))
    inner, outer = ball(5).volume, ball(10).volume
    assert check(solid)["overlaps"].value == pytest.approx(100 * inner / (outer + inner), rel=1e-3)


def test_an_inside_out_body_beside_another_is_no_cavity():
    assert "overlaps" in failing(together(box(), turned(box((5, 5, 5), at=(40, 0, 0)))))


def test_several_bodies_are_fine_if_they_were_asked_for():
    assert check(together(box(), box(at=(40, 0, 0))), bodies=2).passed


def test_the_height_is_held_to_a_tenth_of_a_millimetre():
    assert "height" not in failing(box(), height_mm=20.09)
    assert "height" in failing(box(), height_mm=20.11)
    assert "20.00 mm tall" in check(box(), height_mm=25.0)["height"].hint


def test_a_part_may_be_turned_on_the_bed():
    assert not failing(box((200, 240, 20)))
    assert "fits_bed" in failing(box((240, 240, 20)))


def test_profiles_differ_in_walls_supports_and_contact():
    plate = box((40, 40, 20))
    plate = trimesh.boolean.difference([plate, box((38.7, 38.7, 19), (0.65, 0.65, 1))],
                                       engine="manifold")  # fmt: skip
    assert failing(plate, profile="fdm") == failing(plate, profile="sls") == {"wall"}
    assert failing(plate, profile="sla") == set()
    assert "contact" not in failing(ball(15), profile="sls")
    assert failing(together(box(), box(at=(40, 0, 30))), profile="sls", bodies=2) == set()
    assert check(ball(15), profile="sls")["overhang"].status == "pass"
    assert check(ball(15), profile="fdm")["overhang"].status == "warn"


def test_a_profile_of_ones_own():
    strict = dataclasses.replace(PROFILES["fdm"], name="mine", min_wall_mm=2.0)
    report = check(cup(), profile=strict)
    assert report.profile == "mine"
    assert (report["wall"].status, report["wall"].threshold) == ("fail", 2.0)


def test_an_unknown_profile_is_refused():
    with pytest.raises(ConfigError, match="fdm, sla, sls"):
        check(box(), profile="laser")


@pytest.mark.parametrize(
    ("mesh", "name"),
    [
        (box(at=(0, 0, 5)), "on_bed"),
        (standing_ball(), "overhang"),
        (together(box(), trimesh.Trimesh(box().vertices[:3], [[0, 1, 1]], process=False)),
         "degenerate_faces"),
    ],
)  # fmt: skip
def test_what_prints_all_the_same_is_a_warning(mesh, name):
    report = check(mesh)
    assert report[name].status == "warn"
    assert report.passed and report.status == "warn"


def test_little_contact_asks_for_a_raft():
    needle = [box((2, 2, 31), at=(19, 19, 0)), box((40, 40, 3), at=(0, 0, 30))]
    found = check(trimesh.boolean.union(needle, engine="manifold"))["contact"]
    assert found.status == "warn"
    assert "raft" in found.hint


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_invalid_coordinates_raise(value):
    solid = box()
    solid.vertices[0, 0] = value
    with pytest.raises(NonFiniteError):
        check(solid)


def test_no_faces_raise():
    with pytest.raises(EmptyMeshError):
        check(trimesh.Trimesh(np.eye(3), np.zeros((0, 3), dtype=int), process=False))


# ---- the report ----------------------------------------------------------------------------


def test_the_same_mesh_gets_the_same_report_to_the_byte():
    first, second = (json.dumps(check(cup(), height_mm=30.0).to_json()) for _ in range(2))
    assert first == second


def test_the_json_says_what_the_report_says():
    report = check(without_faces(box(), [0]), height_mm=20.0)
    held = json.loads(json.dumps(report.to_json()))
    assert held["status"] == "fail" and held["passed"] is False and held["is_solid"] is False
    assert [entry["name"] for entry in held["checks"]] == [found.name for found in report.checks]
    closed = held["checks"][0]
    assert (closed["name"], closed["value"], closed["threshold"]) == ("closed", 3, 0)


def test_the_table_has_a_row_of_text_per_check():
    report = check(without_faces(box(), [0]))
    rows = report.table()
    assert len(rows) == len(report.checks)
    assert rows[0][:4] == ("closed", "fail", "3 open edges", "at most 0 open edges")
    assert ("overlaps", "fail", "unknown") in [row[:3] for row in rows]


def test_the_worst_check_decides():
    def report(*statuses):
        return GateReport("fdm", tuple(Check("x", s, 0, 0, "") for s in statuses))

    assert report("pass", "warn", "fail").status == "fail"
    assert report("pass", "warn").status == "warn" and report("pass", "warn").passed
    assert report("pass").status == "pass"
    with pytest.raises(KeyError, match="there are x"):
        report("pass")["wall"]


# ---- invariants ----------------------------------------------------------------------------

LENGTH = st.floats(2.0, 20.0, width=32)
PLACE = st.floats(-8.0, 8.0, width=32)
BOXES = st.lists(
    st.tuples(st.tuples(LENGTH, LENGTH, LENGTH), st.tuples(PLACE, PLACE, PLACE)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=60)
@given(BOXES)
def test_the_union_of_boxes_is_a_solid(parts):
    solids = [manifold3d.Manifold.cube(size, True).translate(at) for size, at in parts]
    union = manifold3d.Manifold.batch_boolean(solids, manifold3d.OpType.Add)
    report = check(from_manifold(union), bodies=len(union.decompose()))
    assert report.is_solid, report.table()


@settings(max_examples=60)
@given(st.sets(st.integers(0, 319), min_size=1, max_size=200))
def test_a_ball_with_faces_missing_is_not_closed(missing):
    report = check(without_faces(ball(subdivisions=2), sorted(missing)))
    assert report["closed"].status == "fail"
    assert not report.is_solid


@settings(max_examples=30)
@given(st.floats(5.0, 100.0), st.floats(-50.0, 50.0), st.floats(0.0, 6.0))
def test_solidity_does_not_depend_on_place_size_and_turn(size, shift, angle):
    for mesh, solid in ((cup(), True), (spindle(), False)):
        mesh.apply_transform(trimesh.transformations.rotation_matrix(angle, (1, 2, 3)))
        mesh.apply_scale(size / 20.0)
        mesh.apply_translation((shift, -shift, 2 * shift))
        assert check(mesh).is_solid == solid


@pytest.mark.parametrize("case", CASES)
def test_is_clean_agrees_with_the_gate(case):
    mesh, _ = CASES[case]
    report = check(mesh, bodies=check(mesh)["bodies"].value)
    # Nested shells are clean surfaces: only the volumes tell them.
    expected = report.is_solid or case == "nested shells"
    assert is_clean(mesh) == expected
