import numpy as np
import pytest
import trimesh

from caddis.geometry.mesh.bodies import certify, merge_faces


def test_merging_keeps_a_manifold_near_the_surface():
    mesh = trimesh.creation.torus(0.35, 0.15, 64, 32)
    slim = merge_faces(mesh, 600)
    assert len(slim.faces) <= 600
    assert slim.is_watertight
    assert slim.euler_number == 0
    distance = np.abs(trimesh.proximity.signed_distance(slim, mesh.vertices[::20]))
    assert distance.max() < 0.01


def test_a_small_mesh_is_left_alone():
    mesh = trimesh.creation.box()
    assert merge_faces(mesh, 100) is mesh


def test_a_cavity_is_dropped_with_the_specks():
    outer, inner = trimesh.creation.box(), trimesh.creation.box((0.5, 0.5, 0.5))
    inner.invert()
    speck = trimesh.creation.box((0.01, 0.01, 0.01))
    speck.apply_translation((2.0, 0.0, 0.0))
    solid, bodies = certify(trimesh.util.concatenate([outer, inner, speck]), 100)
    assert solid.volume == pytest.approx(1.0)
    assert (bodies.kept, bodies.dropped) == (1, 1)
