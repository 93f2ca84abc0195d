"""Unusable input is refused with a clear error; other input becomes a clean solid."""

import numpy as np
import pytest
import trimesh
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import (
    CaddisError,
    ConfigError,
    EmptyMeshError,
    NonFiniteError,
    NotSolidError,
)
from caddis.geometry.mesh.clean import is_clean
from caddis.geometry.surfaces.gridpull import Settings, reconstruct
from tests.geometry.surfaces.gridpull.clouds import ball, scanned

COARSE = Settings(resolution=32)


@pytest.mark.parametrize("count", [0, 1, 3, 31])
def test_too_few_points_are_refused(count):
    with pytest.raises(EmptyMeshError):
        reconstruct(np.random.default_rng(0).normal(size=(count, 3)), settings=COARSE)


def test_points_at_one_place_are_refused():
    with pytest.raises(NotSolidError, match="one place"):
        reconstruct(np.ones((100, 3)), settings=COARSE)


def test_points_on_a_line_or_in_a_plane_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(NotSolidError):
        reconstruct(np.outer(np.arange(100.0), [1.0, 2.0, 3.0]), settings=COARSE)
    flat = np.hstack([rng.random((500, 2)), np.zeros((500, 1))])
    turned = flat @ trimesh.transformations.random_rotation_matrix(rng.random(3))[:3, :3]
    for plane in (flat, turned, 1e9 * turned):
        with pytest.raises(NotSolidError):
            reconstruct(plane, settings=COARSE)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_not_finite_are_refused(bad):
    points, _ = scanned(ball(), 100)
    broken = points.copy()
    broken[7, 1] = bad
    with pytest.raises(NonFiniteError):
        reconstruct(broken, settings=COARSE)
    with pytest.raises(NonFiniteError):
        reconstruct(points, broken, COARSE)


@pytest.mark.parametrize("shape", [(100, 2), (300,), (100, 6)])
def test_other_shapes_are_refused(shape):
    with pytest.raises(ConfigError):
        reconstruct(np.zeros(shape), settings=COARSE)


def test_points_and_normals_must_match():
    points, normals = scanned(ball(), 100)
    with pytest.raises(ConfigError):
        reconstruct(points, normals[:50], COARSE)


@pytest.mark.parametrize("options", [{"resolution": 23}, {"resolution": 513}, {"noise": -1.0}])
def test_options_outside_their_range_are_refused(options):
    with pytest.raises(ConfigError):
        Settings(**options)


def test_duplicates_change_nothing():
    points, _ = scanned(ball(), 800)
    once = reconstruct(points, settings=COARSE)
    twice = reconstruct(np.vstack([points, points]), settings=COARSE)
    assert np.allclose(once.vertices, twice.vertices, atol=1e-6)


def test_two_very_distant_parts_are_refused_or_both_kept():
    points, _ = scanned(ball(), 1000)
    both = np.vstack([points, points + np.array([3.0, 0.0, 0.0])])
    made = reconstruct(both, settings=COARSE)
    assert made.body_count == 2
    with pytest.raises(CaddisError):
        reconstruct(np.vstack([points, points + np.array([1e6, 0.0, 0.0])]), settings=COARSE)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(32, 300),
    exponent=st.integers(-12, 12),
    kind=st.sampled_from(["gauss", "lattice", "shell", "curve", "sheet", "clusters"]),
)
def test_whatever_is_scanned_gives_a_clean_solid_or_a_clear_error(seed, count, exponent, kind):
    rng = np.random.default_rng(seed)
    points = {
        "gauss": lambda: rng.normal(size=(count, 3)),
        "lattice": lambda: rng.integers(0, 4, (count, 3)).astype(float),
        "shell": lambda: (x := rng.normal(size=(count, 3))) / np.linalg.norm(x, axis=1)[:, None],
        "curve": lambda: np.stack([np.cos(t := rng.random(count) * 6), np.sin(t), t], axis=1),
        "sheet": lambda: np.stack([*(xy := rng.random((2, count))), xy.prod(axis=0)], axis=1),
        "clusters": lambda: rng.normal(size=(count, 3)) * 0.01 + rng.integers(0, 3, (count, 3)),
    }[kind]() * 10.0**exponent
    try:
        made = reconstruct(points, settings=COARSE)
    except CaddisError as error:
        assert str(error)
        return
    scaled = trimesh.Trimesh(made.vertices / 10.0**exponent, made.faces, process=False)
    assert is_clean(scaled)
