import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import EmptyMeshError, NonFiniteError
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import weld
from tests.geometry.shapes import ball, bow_tie, box, together, turned, without_faces


def counts(mesh):
    found = topology(weld(mesh))
    return (
        found.open_edges,
        found.crowded_edges,
        found.badly_wound_edges,
        found.pinched_vertices,
        found.shell_count,
    )


# open, crowded, badly wound edges, pinched vertices, shells: counted by hand
@pytest.mark.parametrize(
    ("mesh", "expected"),
    [
        (box(), (0, 0, 0, 0, 1)),
        (without_faces(box(), [0]), (3, 0, 0, 0, 1)),
        (trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 1, 2]]), (3, 0, 0, 0, 1)),
        (bow_tie(), (0, 0, 0, 1, 2)),
        (together(box(), box(at=(20, 20, 0))), (0, 1, 0, 2, 2)),
        (together(box(), box(at=(20, 20, 20))), (0, 0, 0, 1, 2)),
        (together(box(), box(at=(30, 0, 0))), (0, 0, 0, 0, 2)),
    ],
)
def test_what_is_wrong_is_counted(mesh, expected):
    assert counts(mesh) == expected


def test_one_turned_face_has_three_badly_wound_edges():
    solid = box()
    faces = solid.faces.copy()
    faces[5] = faces[5][::-1]
    assert counts(trimesh.Trimesh(solid.vertices, faces, process=False)) == (0, 0, 3, 0, 1)


@given(st.integers(0, 2**32 - 1))
def test_the_numbering_of_vertices_and_faces_does_not_matter(seed):
    rng = np.random.default_rng(seed)
    mesh = together(box(), box(at=(20, 20, 0)), ball(at=(50, 0, 0), subdivisions=1))
    order = rng.permutation(len(mesh.vertices))
    faces = np.argsort(order)[mesh.faces][rng.permutation(len(mesh.faces))]
    shuffled = trimesh.Trimesh(mesh.vertices[order], faces, process=False)
    assert counts(shuffled) == counts(mesh)


def test_volumes_are_those_of_the_shells_with_their_sign():
    mesh = together(box(), turned(box((2, 3, 4), at=(5, 5, 5))), box((1, 1, 1), at=(0, 0, 500)))
    np.testing.assert_allclose(
        np.sort(topology(weld(mesh)).shell_volumes), [-24.0, 1.0, 8000.0], rtol=1e-6
    )


def test_cavities_are_not_bodies():
    shells = topology(weld(together(ball(10), turned(ball(5)), ball(2, at=(30, 0, 0)))))
    assert (shells.shell_count, shells.body_count) == (3, 2)


# ---- what the file holds -------------------------------------------------------------------


def test_a_soup_of_triangles_is_welded_like_an_stl():
    solid = ball()
    soup = trimesh.Trimesh(
        solid.triangles.reshape(-1, 3), np.arange(3 * len(solid.faces)).reshape(-1, 3),
        process=False,
    )  # fmt: skip
    welded = weld(soup)
    assert len(welded.vertices) == len(solid.vertices)
    assert topology(welded).closed_manifold


def test_vertices_that_are_one_in_float32_become_one():
    solid = box(at=(100, 100, 100))
    vertices = np.vstack([solid.vertices, solid.vertices[0] + 1e-7])
    faces = solid.faces.copy()
    row = int(np.flatnonzero((faces == 0).any(axis=1))[0])
    faces[row, faces[row] == 0] = 8
    welded = weld(trimesh.Trimesh(vertices, faces, process=False))
    assert len(welded.vertices) == 8
    assert topology(welded).closed_manifold


def test_faces_that_collapse_in_float32_are_counted_and_dropped():
    vertices = [[100, 0, 0], [101, 0, 0], [100, 1, 0], [100 + 1e-7, 0, 0]]
    welded = weld(trimesh.Trimesh(vertices, [[0, 1, 2], [0, 3, 1]], process=False))
    assert (len(welded.faces), welded.collapsed) == (1, 1)


def test_minus_zero_is_zero():
    vertices = [[0.0, 0, 0], [1, 0, 0], [0, 1, 0], [-0.0, 0, 0]]
    welded = weld(trimesh.Trimesh(vertices, [[0, 1, 2], [3, 2, 1]], process=False))
    assert welded.vertices.shape == (3, 3)


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300])
def test_coordinates_beyond_float32_are_refused(value):
    solid = box()
    vertices = solid.vertices.copy()
    vertices[3, 1] = value
    with pytest.raises(NonFiniteError, match="not finite"):
        weld(trimesh.Trimesh(vertices, solid.faces, process=False))


@pytest.mark.parametrize("faces", [np.zeros((0, 3)), [[0, 0, 1]]])
def test_a_mesh_without_a_face_is_refused(faces):
    mesh = trimesh.Trimesh(np.eye(3), np.array(faces, dtype=int), process=False)
    with pytest.raises(EmptyMeshError):
        weld(mesh)
