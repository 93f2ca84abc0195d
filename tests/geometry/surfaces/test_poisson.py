import builtins
import sys

import numpy as np
import pytest
import trimesh

from caddis.geometry.errors import (
    ConfigError,
    EmptyMeshError,
    MissingDependencyError,
    NonFiniteError,
    NotSolidError,
)
from caddis.geometry.mesh.sampling import sample_surface
from caddis.geometry.surfaces.poisson import reconstruct_points

NEEDS_OPEN3D = pytest.mark.open3d


def _scan(mesh: trimesh.Trimesh, count: int = 4000, noise: float = 0.0, seed: int = 0):
    rng = np.random.default_rng(seed)
    points, normals = sample_surface(mesh, count, rng)
    return points + rng.normal(0.0, 1.0, points.shape) * noise, normals


def _ring() -> trimesh.Trimesh:
    """A ring of 100 mm, far from the origin."""
    return trimesh.creation.annulus(30.0, 50.0, 40.0).apply_translation((500.0, -20.0, 7.0))


def _agrees(solid: trimesh.Trimesh, truth: trimesh.Trimesh, *, volume: float, size: float):
    assert solid.is_volume
    assert solid.body_count == 1
    assert solid.volume == pytest.approx(truth.volume, rel=volume)
    assert np.abs(solid.bounds - truth.bounds).max() < size


@NEEDS_OPEN3D
@pytest.mark.parametrize("given", ["no normals", "normals", "six columns", "inward normals"])
def test_a_noisy_scan_with_strays_becomes_the_solid_in_its_own_unit(given):
    ring = _ring()
    points, normals = _scan(ring, noise=0.2)
    strays = np.random.default_rng(1).uniform(-90, 90, (40, 3)) + ring.centroid
    points = np.vstack([points, strays, [[1e7, 0.0, 0.0]]])
    normals = np.vstack([normals, np.tile([0.0, 0.0, 1.0], (41, 1))])
    arguments = {
        "no normals": (points,),
        "normals": (points, normals),
        "six columns": (np.hstack([points, 3.0 * normals]),),
        "inward normals": (points, -normals),
    }[given]
    _agrees(reconstruct_points(*arguments, depth=6), ring, volume=0.04, size=1.5)


@NEEDS_OPEN3D
def test_an_object_scanned_on_a_table_gets_a_flat_base():
    box = trimesh.creation.box((100.0, 60.0, 80.0))
    points, _ = _scan(box)
    solid = reconstruct_points(points[points[:, 2] > -38.0], depth=6)
    _agrees(solid, box, volume=0.06, size=3.5)
    low = solid.bounds[0, 2]
    base = solid.area_faces[solid.triangles[:, :, 2].max(axis=1) < low + 2.0].sum()
    assert base > 0.95 * 100.0 * 60.0


@NEEDS_OPEN3D
def test_the_largest_body_remains_and_the_loss_is_told(caplog):
    ball = trimesh.creation.icosphere(3, radius=30.0)
    small = trimesh.creation.icosphere(3, radius=15.0).apply_translation((70.0, 0.0, 0.0))
    points, normals = _scan(trimesh.util.concatenate([ball, small]), 3000)
    with caplog.at_level("WARNING"):
        solid = reconstruct_points(points, normals, depth=6)
    _agrees(solid, ball, volume=0.05, size=1.5)
    assert "largest of 2 bodies: 8" in caplog.text


@NEEDS_OPEN3D
def test_a_surface_that_leaves_the_octree_is_closed_all_the_same(monkeypatch):
    """An open sheet, as Poisson returns it when its surface runs out of its box."""
    ball = trimesh.creation.icosphere(4, radius=0.5)
    cap = ball.submesh([ball.triangles_center[:, 2] > -0.4], append=True)
    assert not cap.is_watertight
    monkeypatch.setattr("caddis.geometry.surfaces.poisson._poisson", lambda *_: cap)
    solid = reconstruct_points(ball.vertices, ball.vertices, depth=5)
    assert solid.is_volume
    assert solid.volume == pytest.approx(ball.volume, rel=0.1)


@NEEDS_OPEN3D
def test_same_points_give_the_same_bytes():
    points, _ = _scan(_ring(), 1500)
    first, second = (reconstruct_points(points, depth=5) for _ in range(2))
    assert first.vertices.tobytes() == second.vertices.tobytes()
    assert first.faces.tobytes() == second.faces.tobytes()


@NEEDS_OPEN3D
def test_points_exactly_on_a_sphere_are_no_special_case():
    ball = trimesh.creation.icosphere(3, radius=7.0)
    _agrees(reconstruct_points(ball.vertices, depth=5), ball, volume=0.03, size=0.2)


@NEEDS_OPEN3D
def test_points_without_a_solid_are_refused():
    rng = np.random.default_rng(0)
    plane = np.hstack([rng.random((500, 2)), np.zeros((500, 1))])
    with pytest.raises(NotSolidError, match="plane"):
        reconstruct_points(plane, depth=5)
    line = np.outer(np.arange(100.0), [1.0, 2.0, 3.0])
    with pytest.raises(NotSolidError):
        reconstruct_points(line, depth=5)


def test_bad_points_are_refused_before_open3d_is_needed(monkeypatch):
    monkeypatch.setitem(sys.modules, "open3d", None)
    good, normals = _scan(trimesh.creation.icosphere(2), 100)
    for count in (0, 31):
        with pytest.raises(EmptyMeshError):
            reconstruct_points(good[:count])
    for broken in (np.where(good > 0.9, np.nan, good), np.where(good > 0.9, np.inf, good)):
        with pytest.raises(NonFiniteError):
            reconstruct_points(broken)
        with pytest.raises(NonFiniteError):
            reconstruct_points(good, broken)
    for wrong in (good[:, :2], good.ravel(), np.zeros((100, 5))):
        with pytest.raises(ConfigError):
            reconstruct_points(wrong)
    with pytest.raises(ConfigError):
        reconstruct_points(good, normals[:50])
    for depth in (3, 11):
        with pytest.raises(ConfigError):
            reconstruct_points(good, depth=depth)
    with pytest.raises(NotSolidError):
        reconstruct_points(np.ones((100, 3)))


@pytest.mark.parametrize("error", [ImportError, OSError])
def test_missing_system_libraries_are_named(monkeypatch, error):
    plain = builtins.__import__

    def fail(name, *rest, **more):
        if name == "open3d":
            raise error("libGL.so.1: cannot open shared object file")
        return plain(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "open3d", raising=False)
    monkeypatch.setattr(builtins, "__import__", fail)
    points, _ = _scan(trimesh.creation.icosphere(2), 100)
    with pytest.raises(MissingDependencyError, match=r"libGL.*apt-get install .*libegl1"):
        reconstruct_points(points)
