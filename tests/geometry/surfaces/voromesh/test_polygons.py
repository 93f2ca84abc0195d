import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import UnsupportedFormatError
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.extract import extract, extract_polygons
from caddis.geometry.surfaces.voromesh.merge import merged
from caddis.geometry.surfaces.voromesh.polygons import PolygonMesh
from caddis.geometry.surfaces.voromesh.representation import VoroMesh


@pytest.fixture(scope="module")
def ball():
    places = np.random.default_rng(0).normal(size=(300, 3))
    return VoroMesh(places, np.linalg.norm(places, axis=1) < 1.0)


@pytest.fixture(scope="module")
def cells(ball):
    return extract_polygons(ball)


def test_fans_of_the_polygons_are_the_same_clean_solid(ball, cells):
    triangles = extract(ball)
    assert is_clean(cells.mesh())
    assert cells.mesh().volume == pytest.approx(triangles.volume, rel=1e-4)
    assert len(cells.triangles()[0]) == len(triangles.faces)
    assert len(cells) < len(triangles.faces) / 2
    assert cells.sizes.max() > 4


@pytest.mark.parametrize("ending", [".ply", ".obj"])
def test_a_file_holds_the_polygons_and_reads_as_the_solid(tmp_path, cells, ending):
    path = cells.save(tmp_path / f"cells{ending}")
    again = load_mesh(path)
    assert is_clean(again)
    assert again.volume == pytest.approx(cells.mesh().volume, rel=1e-6)
    if ending == ".obj":
        rows = [row.split()[1:] for row in path.read_text().splitlines() if row[0] == "f"]
        assert [[int(k) - 1 for k in row] for row in rows] == [
            cells.polygon(index).tolist() for index in range(len(cells))
        ]


def test_other_endings_are_refused(tmp_path, cells):
    with pytest.raises(UnsupportedFormatError, match=r"\.stl"):
        cells.save(tmp_path / "cells.stl")


def test_the_sides_of_a_box_become_six_quads():
    box = trimesh.creation.box()
    quads = merged(box, np.round(box.face_normals @ [1, 2, 3]).astype(np.int64))
    assert quads.sizes.tolist() == [4] * 6
    assert is_clean(quads.mesh())


def test_a_group_that_is_not_convex_falls_into_pieces_that_are():
    low, high = (trimesh.creation.box(bounds=[[0, 0, 0], far]) for far in ([2, 1, 1], [1, 2, 1]))
    ell = trimesh.boolean.union([low, high], engine="manifold")
    planes = np.unique(
        np.round(np.c_[ell.face_normals, _offsets(ell)], 6), axis=0, return_inverse=True
    )
    result = merged(ell, planes[1].reshape(-1))
    assert is_clean(result.mesh())
    assert 8 <= len(result) < len(ell.faces)
    assert result.sizes.max() >= 4
    assert result.mesh().volume == pytest.approx(3.0)


def _offsets(mesh):
    return np.einsum("ij,ij->i", mesh.face_normals, mesh.triangles[:, 0])


def test_a_fan_starts_at_the_first_corner():
    house = PolygonMesh(np.zeros((5, 3)), np.array([3, 1, 2, 4, 0]), np.array([0, 5]))
    faces, owner = house.triangles()
    assert faces.tolist() == [[3, 1, 2], [3, 2, 4], [3, 4, 0]]
    assert owner.tolist() == [0, 0, 0]
