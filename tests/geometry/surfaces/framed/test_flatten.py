"""Planes found in meshes with ripples, and vertices moved onto them."""

import numpy as np
import pytest

from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.shape_frame import ShapeFrame
from caddis.geometry.surfaces.framed import framed_surface
from caddis.geometry.surfaces.framed.planes import find_planes
from caddis.geometry.symmetry import symmetry
from tests.geometry.surfaces.framed.fields import ball, box, cylinder, rippled
from tests.geometry.topology import has_degenerate_faces, is_edge_manifold, is_vertex_manifold

BRICK = (0.6, 0.4, 1.0)


def both(field, sides, name, resolution=48):
    frame = ShapeFrame(symmetry(name), sides)
    return [framed_surface(field, frame, resolution, flat=flat) for flat in (False, True)]


def errors(field, mesh):
    return np.abs(field(mesh.vertices.astype(np.float32)))


@pytest.mark.parametrize("name", ["none", "x", "xy"])
def test_a_rippled_brick_becomes_flat_and_stays_sound(name):
    # a little smaller than its frame, as most shapes are: ripples are not cut off by the box
    brick = tuple(0.97 * side for side in BRICK)
    before, after = both(rippled(box(brick), 0.007), BRICK, name)
    old, new = errors(box(brick), before), errors(box(brick), after)
    assert new.mean() < 0.3 * old.mean()
    assert np.median(new) < 3e-4
    assert after.volume == pytest.approx(np.prod(brick), rel=1e-2)
    assert is_edge_manifold(after.faces)
    assert is_vertex_manifold(after.faces)
    assert not has_degenerate_faces(after.vertices.astype(np.float32), after.faces)
    assert len(self_intersections(after.vertices, after.faces).pairs) == 0
    for axis in np.flatnonzero(symmetry(name).mirrored):
        image = after.vertices * np.where(np.arange(3) == axis, -1.0, 1.0)
        assert set(map(tuple, image + 0.0)) == set(map(tuple, after.vertices + 0.0))


def test_no_vertex_moves_farther_than_promised():
    before, after = both(rippled(box(BRICK), 0.007), BRICK, "xy")
    assert np.array_equal(before.faces, after.faces)
    assert np.linalg.norm(before.vertices - after.vertices, axis=1).max() <= 0.009 + 1e-6


@pytest.mark.parametrize("ripple", [0.0, 0.002])
def test_a_ball_stays_round(ripple):
    before, after = both(rippled(ball(0.5), ripple), (1.0, 1.0, 1.0), "xy")
    assert errors(ball(0.5), after).mean() <= errors(ball(0.5), before).mean() + 1e-4
    assert after.volume == pytest.approx(before.volume, rel=2e-3)


@pytest.mark.parametrize("ripple", [0.0, 0.002])
def test_a_cylinder_has_flat_ends_and_stays_round(ripple):
    exact = cylinder(0.3, 1.0)
    before, after = both(rippled(exact, ripple), (0.6, 0.6, 1.0), "xy")
    side = np.abs(before.vertices[:, 2]) < 0.47
    assert errors(exact, after)[side].mean() <= errors(exact, before)[side].mean() + 2e-4
    top = (np.linalg.norm(after.vertices[:, :2], axis=1) < 0.25) & (after.vertices[:, 2] > 0.4)
    assert np.ptp(after.vertices[top, 2]) < 1e-6


def test_a_thin_rippled_plate_keeps_both_faces_apart():
    sides = (1.0, 0.5, 0.016)
    _, after = both(rippled(box(sides), 0.003), sides, "xy")
    assert after.body_count == 1
    assert len(self_intersections(after.vertices, after.faces).pairs) == 0
    assert after.volume == pytest.approx(0.008, rel=0.15)


def test_the_planes_of_a_brick_are_its_six_sides():
    before, _ = both(rippled(box(BRICK), 0.005), BRICK, "none")
    planes = find_planes(before)
    found = {(*np.round(plane.normal, 2).tolist(), round(plane.offset, 2)) for plane in planes}
    for axis, side in enumerate(BRICK):
        for sense in (-1.0, 1.0):
            normal = (sense * np.eye(3)[axis] + 0.0).tolist()
            assert (*normal, side / 2) in found
