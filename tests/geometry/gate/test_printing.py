"""Walls, contact, overhangs and floating bodies against figures worked out by hand."""

import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.gate.standing import (
    contact_area,
    floating_bodies,
    footprint_area,
    overhang_share,
)
from caddis.geometry.gate.walls import thinnest_wall
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from tests.geometry.shapes import ball, box, cup, together, turned


@given(st.floats(0.2, 5.0))
def test_the_wall_of_a_plate_is_its_thickness(thickness):
    assert thinnest_wall(weld(box((40, 30, thickness)))) == pytest.approx(thickness, rel=1e-3)


def test_the_wall_of_a_cup_is_that_of_its_sides():
    assert thinnest_wall(weld(cup())) == pytest.approx(1.6, rel=1e-3)


def test_the_wall_of_a_round_bar_is_its_diameter():
    bar = trimesh.creation.cylinder(radius=2.0, height=30.0, sections=64)
    assert thinnest_wall(weld(bar)) == pytest.approx(4.0, rel=0.01)


def test_a_triangular_prism_has_edges_but_no_thin_walls():
    corners = 10.0 * np.array([[0, 0], [1, 0], [0.5, np.sqrt(0.75)]])
    prism = trimesh.creation.extrude_triangulation(corners, [[0, 1, 2]], height=20.0)
    assert thinnest_wall(weld(prism)) > 5.0


def test_an_inside_out_mesh_has_no_measurable_wall():
    assert thinnest_wall(weld(turned(ball()))) is None


def test_the_wall_does_not_depend_on_place_and_scales_with_size():
    solid = cup()
    first = thinnest_wall(weld(solid))
    solid.apply_translation((100, -50, 7))
    assert thinnest_wall(weld(solid)) == pytest.approx(first, rel=1e-3)
    solid.apply_scale(10.0)
    assert thinnest_wall(weld(solid)) == pytest.approx(10 * first, rel=1e-3)


def test_contact_and_footprint_of_a_table():
    top = box((40, 30, 4), at=(0, 0, 20))
    legs = [box((4, 4, 20), at=(x, y, 0)) for x in (0, 36) for y in (0, 26)]
    table = weld(together(top, *legs))
    assert contact_area(table) == pytest.approx(4 * 16)
    assert footprint_area(table) == pytest.approx(40 * 30)


def test_what_lies_within_a_quarter_layer_counts_as_contact():
    assert contact_area(weld(together(box(), box(at=(30, 0, 0.04))))) == pytest.approx(800)
    assert contact_area(weld(together(box(), box(at=(30, 0, 0.06))))) == pytest.approx(400)


def test_a_ball_has_no_flat_contact():
    assert contact_area(weld(ball())) == 0.0


def test_a_vertical_sheet_has_no_footprint():
    assert (
        footprint_area(weld(trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 0, 1]], [[0, 1, 2]]))) == 0
    )


@pytest.mark.parametrize(("limit", "share"), [(45.0, 0.0), (44.0, 0.5)])
def test_the_overhang_of_a_funnel_is_its_slope(limit, share):
    funnel = trimesh.creation.cone(radius=10.0, height=10.0, sections=256)
    funnel.apply_transform(trimesh.transformations.rotation_matrix(np.pi, (1, 0, 0)))
    side, lid = np.pi * 10 * np.hypot(10, 10), np.pi * 100
    expected = side / (side + lid) if share else 0.0
    # The faces of 256 sections lean a little less than the cone.
    assert overhang_share(weld(funnel), limit) == pytest.approx(expected, abs=0.01)


def test_a_ceiling_hangs_over_but_the_bottom_does_not():
    bridge = weld(together(box((10, 10, 20)), box((10, 10, 20), at=(30, 0, 0)),
                           box((40, 10, 5), at=(0, 0, 20))))  # fmt: skip
    assert overhang_share(bridge, 45.0) * trimesh.Trimesh(
        bridge.vertices, bridge.faces, process=False
    ).area == pytest.approx(400.0)
    assert overhang_share(weld(box()), 45.0) == 0.0
    assert overhang_share(bridge, 90.0) == 0.0


def test_floating_bodies_are_those_above_the_bed():
    mesh = weld(together(box(), box(at=(30, 0, 10)), box(at=(60, 0, 0.01))))
    assert floating_bodies(mesh, topology(mesh)) == 1


def test_a_cavity_does_not_float():
    mesh = weld(together(ball(10), turned(ball(5))))
    assert floating_bodies(mesh, topology(mesh)) == 0
