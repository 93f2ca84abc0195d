"""Every kind of scan file gives its points in millimetres, or one clear error."""

import struct
from pathlib import Path

import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import (
    ConfigError,
    EmptyMeshError,
    MeshReadError,
    MissingDependencyError,
    NonFiniteError,
    TooLargeError,
    UnsupportedFormatError,
)
from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.scans import load_scan

BALL = trimesh.creation.icosphere(3, 15.0)
ROWS = np.random.default_rng(0).normal(size=(40, 6)).astype(np.float32).astype(np.float64)


def ply(rows: np.ndarray) -> bytes:
    names = ("x", "y", "z", "nx", "ny", "nz")[: rows.shape[1]]
    fields = "".join(f"property float {name}\n" for name in names)
    head = f"ply\nformat binary_little_endian 1.0\nelement vertex {len(rows)}\n{fields}end_header\n"
    return head.encode() + rows.astype("<f4").tobytes()


def test_a_mesh_file_is_read_as_a_mesh(tmp_path: Path) -> None:
    BALL.export(tmp_path / "ball.ply")
    read = load_scan(tmp_path / "ball.ply")
    assert isinstance(read, trimesh.Trimesh)
    np.testing.assert_allclose(read.bounds, load_mesh(tmp_path / "ball.ply").bounds)
    larger = load_scan(tmp_path / "ball.ply", "cm")
    np.testing.assert_allclose(larger.bounds, 10.0 * read.bounds)


@pytest.mark.parametrize("columns", [3, 6])
def test_rows_of_numbers_are_points(columns: int, tmp_path: Path) -> None:
    rows = ROWS[:, :columns]
    np.savetxt(tmp_path / "scan.xyz", rows)
    np.savetxt(tmp_path / "scan.csv", rows, delimiter=",")
    np.save(tmp_path / "scan.npy", rows)
    (tmp_path / "scan.ply").write_bytes(ply(rows))
    for ending in ("xyz", "csv", "npy", "ply"):
        np.testing.assert_allclose(load_scan(tmp_path / f"scan.{ending}"), rows)


def test_lengths_become_millimetres_and_directions_stay(tmp_path: Path) -> None:
    np.save(tmp_path / "scan.npy", ROWS)
    read = load_scan(tmp_path / "scan.npy", "inch")
    np.testing.assert_allclose(read[:, :3], 25.4 * ROWS[:, :3])
    np.testing.assert_array_equal(read[:, 3:], ROWS[:, 3:])
    with pytest.raises(ConfigError, match="inch"):
        load_scan(tmp_path / "scan.npy", "furlong")


def test_points_that_the_camera_did_not_see_are_left_out(tmp_path: Path) -> None:
    rows = ROWS.copy()
    rows[3] = np.nan
    np.save(tmp_path / "scan.npy", rows)
    assert len(load_scan(tmp_path / "scan.npy")) == len(rows) - 1
    rows[5, 2] = np.inf
    np.save(tmp_path / "scan.npy", rows)
    with pytest.raises(NonFiniteError):
        load_scan(tmp_path / "scan.npy")


@pytest.mark.parametrize("ending", ["las", "laz"])
def test_surveys_are_metres(ending: str, tmp_path: Path) -> None:
    laspy = pytest.importorskip("laspy")
    pytest.importorskip("lazrs")
    header = laspy.LasHeader(point_format=0, version="1.2")
    header.offsets, header.scales = [4e5, 5e6, 0.0], [0.001] * 3
    las = laspy.LasData(header)
    las.x, las.y, las.z = (ROWS[:, :3] + [4e5, 5e6, 100.0]).T
    las.write(tmp_path / f"scan.{ending}")
    read = load_scan(tmp_path / f"scan.{ending}")
    np.testing.assert_allclose(read, 1000.0 * (ROWS[:, :3] + [4e5, 5e6, 100.0]), atol=0.51)
    same = load_scan(tmp_path / f"scan.{ending}", "mm")
    np.testing.assert_allclose(1000.0 * same, read)


def test_e57_scans_are_joined(tmp_path: Path) -> None:
    pye57 = pytest.importorskip("pye57")
    with pye57.E57(str(tmp_path / "scan.e57"), mode="w") as file:
        for part in (ROWS[:25], ROWS[25:]):
            columns = zip(("cartesianX", "cartesianY", "cartesianZ"), part.T, strict=False)
            file.write_scan_raw(dict(columns))
    np.testing.assert_allclose(load_scan(tmp_path / "scan.e57"), 1000.0 * ROWS[:, :3])


@pytest.mark.parametrize("ending", ["las", "laz", "e57"])
def test_missing_packages_are_named(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("laspy", "pye57"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    (tmp_path / f"scan.{ending}").write_bytes(b"x")
    with pytest.raises(MissingDependencyError, match="pip install"):
        load_scan(tmp_path / f"scan.{ending}")


@pytest.mark.parametrize("ending", ["xyz", "npy", "pcd", "las", "laz", "e57"])
def test_missing_empty_and_foreign_files_are_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"scan.{ending}"
    if ending in {"las", "laz", "e57"}:
        pytest.importorskip("pye57")
    with pytest.raises(MeshReadError, match="no such file"):
        load_scan(path)
    path.write_bytes(b"")
    with pytest.raises(MeshReadError, match="empty"):
        load_scan(path)
    path.write_bytes(struct.pack("<64f", *range(64)))
    with pytest.raises(MeshReadError):
        load_scan(path)


def test_a_text_that_is_no_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "scan.xyz").write_text("1 2 three\n")
    with pytest.raises(MeshReadError, match="numbers"):
        load_scan(tmp_path / "scan.xyz")
    (tmp_path / "scan.xyz").write_text("1 2\n3 4\n")
    with pytest.raises(MeshReadError, match="3 or 6"):
        load_scan(tmp_path / "scan.xyz")


def test_pickled_objects_are_never_unpacked(tmp_path: Path) -> None:
    np.save(tmp_path / "scan.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(MeshReadError, match="NumPy"):
        load_scan(tmp_path / "scan.npy")


@pytest.mark.parametrize("ending", ["npy", "xyz"])
def test_too_many_points_are_refused(
    ending: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("caddis.geometry.scans.files.MAX_POINTS", 10)
    np.save(tmp_path / "scan.npy", np.zeros((11, 3)))
    np.savetxt(tmp_path / "scan.xyz", np.zeros((11, 3)))
    with pytest.raises(TooLargeError, match="10 points"):
        load_scan(tmp_path / f"scan.{ending}")


def test_other_endings_are_refused_with_those_that_work(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormatError, match=r"\.e57"):
        load_scan(tmp_path / "scan.blend")


def test_a_mesh_format_without_points_says_that_it_is_empty(tmp_path: Path) -> None:
    (tmp_path / "scan.stl").write_bytes(bytes(84))
    with pytest.raises(EmptyMeshError):
        load_scan(tmp_path / "scan.stl")
    (tmp_path / "scan.ply").write_bytes(ply(np.zeros((0, 3))))
    with pytest.raises(EmptyMeshError):
        load_scan(tmp_path / "scan.ply")
