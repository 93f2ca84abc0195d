import manifold3d
import numpy as np
import pytest

from caddis.geometry.gate import check
from caddis.geometry.mesh.flat_faces import without_flat_faces
from caddis.geometry.mesh.manifold import from_manifold
from caddis.geometry.mesh.self_intersection import self_intersections
from caddis.geometry.mesh.topology import topology
from caddis.geometry.mesh.welded import Welded, weld
from tests.geometry.shapes import ball, box


def seamed_boxes():
    """A union whose seams are faces without area."""
    low, high = (manifold3d.Manifold.cube((20, y, 20), True) for y in (20, 30))
    return weld(from_manifold((low + high).translate((0, 0, 10))))


def test_the_seams_of_a_union_are_flipped_away_and_nothing_else_changes():
    mesh = seamed_boxes()
    assert (mesh.doubled_areas == 0).sum() == 2
    assert len(self_intersections(mesh.vertices, mesh.faces).pairs)
    flipped = Welded(mesh.vertices, without_flat_faces(mesh.vertices, mesh.faces), 0)
    assert (flipped.doubled_areas > 0).all()
    assert not len(self_intersections(flipped.vertices, flipped.faces).pairs)
    assert topology(flipped).closed_manifold
    assert topology(flipped).shell_volumes == pytest.approx(topology(mesh).shell_volumes)
    assert flipped.doubled_areas.sum() == pytest.approx(mesh.doubled_areas.sum())


def test_the_gate_warns_of_seams_and_calls_it_a_solid():
    mesh = seamed_boxes()
    found = check(mesh_of(mesh))
    assert found.is_solid
    assert (found["degenerate_faces"].status, found["degenerate_faces"].value) == ("warn", 2)


def mesh_of(welded):
    import trimesh

    return trimesh.Trimesh(welded.vertices, welded.faces, process=False)


def test_a_seam_of_several_corners_is_resolved_one_after_the_other():
    # A quad whose upper edge 0-1 is met by a lower side with two corners 4, 5 on that edge.
    vertices = np.array([[0, 0, 0], [3, 0, 0], [3, 2, 0], [0, 2, 0], [1, 0, 0], [2, 0, 0]], float)
    faces = np.array([[0, 1, 2], [0, 2, 3], [0, 4, 1], [4, 5, 1]])
    flipped = without_flat_faces(vertices, faces)
    corners = vertices[flipped]
    areas = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2]
    assert (areas > 0).all()
    assert areas.sum() == pytest.approx(12.0)


@pytest.mark.parametrize("mesh", [box(), ball()])
def test_a_mesh_without_flat_faces_is_handed_back(mesh):
    welded = weld(mesh)
    assert without_flat_faces(welded.vertices, welded.faces) is welded.faces


def test_flat_faces_without_a_neighbour_stay():
    vertices = np.array([[0, 0, 0], [1, 0, 0], [2, 0, 0]], float)
    faces = np.array([[0, 2, 1]])
    assert (without_flat_faces(vertices, faces) == faces).all()
