import manifold3d
import pytest
import trimesh

from caddis.geometry.errors import NotSolidError
from caddis.geometry.mesh.manifold import from_manifold, to_manifold, unchecked_manifold


def test_manifold_round_trip_keeps_volume():
    mesh = trimesh.creation.icosphere()
    back = from_manifold(to_manifold(mesh))
    assert back.is_watertight
    assert back.volume == pytest.approx(mesh.volume)


def test_open_meshes_are_refused():
    mesh = trimesh.creation.box()
    with pytest.raises(NotSolidError, match="not a manifold"):
        to_manifold(trimesh.Trimesh(mesh.vertices, mesh.faces[1:], process=False))


def test_a_mesh_whose_arrays_are_read_only_can_be_handed_over():
    mesh = trimesh.creation.box()
    vertices, faces = mesh.vertices.copy(), mesh.faces.copy()
    vertices.setflags(write=False)
    faces.setflags(write=False)
    assert to_manifold(trimesh.Trimesh(vertices, faces, process=False)).volume() == pytest.approx(1)


@pytest.mark.parametrize("single", [False, True])
def test_arrays_are_taken_as_they_are_and_judged_by_the_library(single):
    box = trimesh.creation.box()
    whole = unchecked_manifold(box.vertices, box.faces, single=single)
    assert whole.status() == manifold3d.Error.NoError
    assert whole.volume() == pytest.approx(1.0)
    opened = unchecked_manifold(box.vertices, box.faces[1:], single=single)
    assert opened.status() != manifold3d.Error.NoError
