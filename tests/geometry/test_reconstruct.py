"""Scans of every kind become one closed solid, or one clear error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import trimesh

from geometry.errors import EmptyMeshError, MeshReadError, TooLargeError, UnsupportedFormatError
from geometry.mesh_io import load_mesh
from geometry.reconstruct import load_scan, reconstruct
from geometry.sampling import sample_surface

BALL = trimesh.creation.icosphere(3, 15.0)


def test_a_mesh_keeps_its_size_when_no_height_is_asked_for() -> None:
    made = reconstruct(BALL).mesh
    np.testing.assert_allclose(made.extents, 30.0, rtol=0.02)
    assert made.is_watertight
    assert made.volume == pytest.approx(BALL.volume, rel=0.03)


def test_a_soup_with_missing_faces_is_closed() -> None:
    soup = BALL.copy()
    soup.update_faces(np.arange(len(soup.faces)) % 50 > 0)
    assert not soup.is_watertight
    made, changes = reconstruct(soup, height_mm=10.0)
    assert any("holes" in change for change in changes)
    assert made.is_watertight
    assert made.volume == pytest.approx(4 / 3 * np.pi * 5.0**3, rel=0.05)


def test_a_mesh_file_is_read_as_a_mesh(tmp_path: Path) -> None:
    BALL.export(tmp_path / "ball.ply")
    read = load_scan(tmp_path / "ball.ply")
    assert isinstance(read, trimesh.Trimesh)
    np.testing.assert_allclose(read.bounds, load_mesh(tmp_path / "ball.ply").bounds)


@pytest.mark.parametrize("columns", [3, 6])
def test_rows_of_numbers_are_points(columns: int, tmp_path: Path) -> None:
    rows = np.random.default_rng(0).normal(size=(40, columns))
    np.savetxt(tmp_path / "scan.xyz", rows)
    np.save(tmp_path / "scan.npy", rows)
    np.testing.assert_allclose(load_scan(tmp_path / "scan.xyz"), rows)
    np.testing.assert_array_equal(load_scan(tmp_path / "scan.npy"), rows)


@pytest.mark.parametrize("name", ["scan.xyz", "scan.npy", "scan.pcd"])
def test_what_is_no_table_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(MeshReadError, match="no such file"):
        load_scan(tmp_path / name)
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(MeshReadError, match="empty"):
        load_scan(tmp_path / name)


def test_a_text_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scan.xyz").write_text("1 2 three\n")
    with pytest.raises(MeshReadError, match="numbers"):
        load_scan(tmp_path / "scan.xyz")
    (tmp_path / "scan.npy").write_text("1 2 3\n")
    with pytest.raises(MeshReadError, match="NumPy"):
        load_scan(tmp_path / "scan.npy")
    (tmp_path / "scan.xyz").write_text("1 2\n3 4\n")
    with pytest.raises(MeshReadError, match="3 or 6"):
        load_scan(tmp_path / "scan.xyz")


def test_pickled_objects_are_never_unpacked(tmp_path: Path) -> None:
    np.save(tmp_path / "scan.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(MeshReadError, match="NumPy"):
        load_scan(tmp_path / "scan.npy")


def test_too_many_points_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geometry.reconstruct.MAX_POINTS", 10)
    np.save(tmp_path / "scan.npy", np.zeros((11, 3)))
    with pytest.raises(TooLargeError, match="10 points"):
        load_scan(tmp_path / "scan.npy")


def test_other_endings_are_refused(tmp_path: Path) -> None:
    (tmp_path / "scan.las").write_text("x")
    with pytest.raises(UnsupportedFormatError):
        load_scan(tmp_path / "scan.las")


def test_a_mesh_format_without_points_says_that_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "scan.stl").write_bytes(bytes(84))
    with pytest.raises(EmptyMeshError):
        load_scan(tmp_path / "scan.stl")


@pytest.mark.open3d
@pytest.mark.parametrize("ending", ["ply", "pcd", "xyz"])
def test_points_become_a_solid(ending: str, tmp_path: Path) -> None:
    import open3d

    points, normals = sample_surface(BALL, 4000, np.random.default_rng(1))
    path = tmp_path / f"scan.{ending}"
    if ending == "xyz":
        np.savetxt(path, np.hstack([points, normals]))
    else:
        cloud = open3d.geometry.PointCloud(open3d.utility.Vector3dVector(points))
        cloud.normals = open3d.utility.Vector3dVector(normals)
        open3d.io.write_point_cloud(str(path), cloud)
    scan = load_scan(path)
    assert isinstance(scan, np.ndarray)
    assert scan.shape == (4000, 6)
    made = reconstruct(scan, height_mm=10.0).mesh
    assert made.is_watertight
    assert made.volume == pytest.approx(4 / 3 * np.pi * 5.0**3, rel=0.05)


@pytest.mark.open3d
def test_a_damaged_cloud_is_empty(tmp_path: Path) -> None:
    (tmp_path / "scan.pcd").write_text("# not a cloud\n")
    with pytest.raises(EmptyMeshError):
        load_scan(tmp_path / "scan.pcd")
