import numpy as np
import pytest
import trimesh

from caddis.geometry.triangles import (
    areas,
    centroids,
    corners,
    doubled_areas,
    doubled_normals,
    sixfold_volumes,
    unit_normals,
)


@pytest.fixture
def ball():
    return trimesh.creation.icosphere(2, radius=3.0)


def test_a_right_triangle_by_hand():
    one = corners([[0, 0, 1], [3, 0, 1], [0, 4, 1]], [[0, 1, 2]])
    assert one.dtype == np.float64
    assert one.shape == (1, 3, 3)
    assert areas(one).tolist() == [6.0]
    assert doubled_areas(one).tolist() == [12.0]
    assert doubled_normals(one).tolist() == [[0.0, 0.0, 12.0]]
    assert unit_normals(one).tolist() == [[0.0, 0.0, 1.0]]
    assert centroids(one) == pytest.approx(np.array([[1.0, 4.0 / 3.0, 1.0]]))
    assert sixfold_volumes(one).tolist() == [12.0]


def test_they_agree_with_those_of_trimesh(ball):
    triangles = corners(ball.vertices, ball.faces)
    assert np.array_equal(triangles, ball.triangles)
    assert np.allclose(areas(triangles), ball.area_faces)
    assert np.allclose(unit_normals(triangles), ball.face_normals)
    assert np.allclose(centroids(triangles), ball.triangles_center)
    assert sixfold_volumes(triangles).sum() / 6.0 == pytest.approx(ball.volume)


def test_the_volume_of_a_closed_surface_does_not_depend_on_the_origin(ball):
    moved = corners(ball.vertices + np.array([5.0, -7.0, 11.0]), ball.faces)
    assert sixfold_volumes(moved).sum() / 6.0 == pytest.approx(ball.volume)


def test_a_triangle_without_area_has_no_normal_and_warns_of_nothing():
    flat = corners([[0, 0, 0], [1, 1, 1], [2, 2, 2]], [[0, 1, 2]])
    assert areas(flat).tolist() == [0.0]
    assert unit_normals(flat).tolist() == [[0.0, 0.0, 0.0]]


def test_no_faces_are_no_triangles():
    none = corners(np.zeros((0, 3)), np.zeros((0, 3), np.int64))
    assert none.shape == (0, 3, 3)
    assert len(areas(none)) == len(unit_normals(none)) == len(centroids(none)) == 0
