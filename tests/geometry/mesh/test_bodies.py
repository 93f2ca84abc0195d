import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.mesh.bodies import certify, from_manifold, merge_faces, to_manifold


def test_manifold_round_trip_keeps_volume():
    mesh = trimesh.creation.icosphere()
    back = from_manifold(to_manifold(mesh))
    assert back.is_watertight
    assert back.volume == pytest.approx(mesh.volume)


def test_open_meshes_are_refused():
    mesh = trimesh.creation.box()
    with pytest.raises(NotSolidError, match="not a manifold"):
        to_manifold(trimesh.Trimesh(mesh.vertices, mesh.faces[1:], process=False))


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


def test_a_mesh_whose_arrays_are_read_only_can_be_handed_over():
    mesh = trimesh.creation.box()
    vertices, faces = mesh.vertices.copy(), mesh.faces.copy()
    vertices.setflags(write=False)
    faces.setflags(write=False)
    assert to_manifold(trimesh.Trimesh(vertices, faces, process=False)).volume() == pytest.approx(1)
