import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.solidify.patches import find_patches


def _soup(mesh):
    """The same triangles, no vertex shared, every other one turned round."""
    corners = np.array(mesh.triangles)
    corners[::2] = corners[::2, ::-1]
    return trimesh.Trimesh(
        corners.reshape(-1, 3), np.arange(3 * len(corners)).reshape(-1, 3), process=False
    )


def _without(mesh, normal):
    keep = (mesh.face_normals @ np.array(normal)) < 0.9
    return trimesh.Trimesh(mesh.vertices, mesh.faces[keep], process=False)


def test_a_soup_that_is_closed_becomes_one_outward_patch():
    patches = find_patches(_soup(trimesh.creation.icosphere(subdivisions=2, radius=0.5)))
    assert patches.num_closed == 1
    assert patches.num_open == 0
    assert len(patches.caps) == 0
    assert trimesh.Trimesh(patches.vertices, patches.faces, process=False).volume > 0.5


def test_a_box_without_floor_is_closed_by_a_cap():
    patches = find_patches(_without(trimesh.creation.box(), (0, 0, -1)))
    assert patches.closed.all()
    corners = np.concatenate([patches.vertices[patches.faces], patches.caps])
    volume = np.einsum("ij,ij->i", corners[:, 0], np.cross(corners[:, 1], corners[:, 2])).sum() / 6
    assert volume == pytest.approx(1.0)


def test_a_box_without_lid_stays_open():
    patches = find_patches(_without(trimesh.creation.box(), (0, 0, 1)))
    assert not patches.closed.any()
    assert len(patches.caps) == 0


def test_faces_that_lie_on_each_other_count_once():
    mesh = trimesh.creation.box()
    double = trimesh.util.concatenate([mesh, mesh.copy()])
    double.faces[12:] = double.faces[12:, ::-1]
    patches = find_patches(double)
    assert len(patches.faces) == 12
    assert patches.num_closed == 1


def test_only_degenerate_faces_are_refused():
    mesh = trimesh.Trimesh([[0, 0, 0], [1, 0, 0], [0, 1, 0]], [[0, 0, 1]], process=False)
    with pytest.raises(NotSolidError):
        find_patches(mesh)
