import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import NonFiniteError
from caddis.geometry.surfaces.narrow_band import (
    sample_near_surface,
    sample_on_ticks,
)
from tests.geometry.surfaces.sampling import CountingField, sample_everywhere


def ball(radius, centre=(0.0, 0.0, 0.0)):
    return lambda p: (np.linalg.norm(p - np.float32(centre), axis=1) - radius).astype(np.float32)


def torus(points):
    ring = np.linalg.norm(points[:, :2], axis=1) - 0.35
    return (np.hypot(ring, points[:, 2]) - 0.1).astype(np.float32)


def plate(points):
    """A sheet half a fine cell thick, tilted."""
    normal = np.array([0.3, 0.2, 0.933])
    distance = np.abs(points @ (normal / np.linalg.norm(normal))) - 0.004
    return np.maximum(distance, np.abs(points).max(axis=1) - 0.4).astype(np.float32)


def speck(points):
    """A ball smaller than a coarse cell, beside a big one."""
    return np.minimum(ball(0.2, (0.2, 0.1, 0.0))(points), ball(0.012, (-0.3, -0.3, -0.31))(points))


def truncated(points):
    return np.clip(torus(points), -0.05, 0.05)


def slab(points):
    """Leaves the box on all four sides."""
    return (np.abs(points[:, 2]) - 0.1).astype(np.float32)


FIELDS = {f.__name__: f for f in (torus, plate, speck, truncated, slab)}


def _assert_equal_where_it_matters(sparse, dense):
    inside = dense < 0
    assert np.array_equal(sparse < 0, inside)
    for axis in range(3):
        first, second = np.moveaxis(inside, axis, 0)[:-1], np.moveaxis(inside, axis, 0)[1:]
        crossed = first != second
        for side in (slice(None, -1), slice(1, None)):
            got, want = (np.moveaxis(v, axis, 0)[side][crossed] for v in (sparse, dense))
            assert np.array_equal(got, want)


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("resolution", [20, 48, 77, 100])
def test_sparse_samples_equal_the_dense_twin_at_the_surface(name, resolution):
    sparse = sample_near_surface(FIELDS[name], resolution, 0.55, 1.0)
    _assert_equal_where_it_matters(sparse, sample_everywhere(FIELDS[name], resolution, 0.55))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(48, 70))
def test_sparse_equals_dense_for_unions_of_random_balls(seed, resolution):
    rng = np.random.default_rng(seed)
    centres, radii = rng.uniform(-0.5, 0.5, (6, 3)), rng.uniform(0.01, 0.25, 6)

    def field(points):
        return np.min([ball(r, c)(points) for r, c in zip(radii, centres, strict=True)], axis=0)

    sparse = sample_near_surface(field, resolution, 0.55, 1.0)
    _assert_equal_where_it_matters(sparse, sample_everywhere(field, resolution, 0.55))


def test_a_field_steeper_than_promised_is_followed_until_the_surface_closes():
    def steep(points):
        return 30.0 * torus(points)

    sparse = sample_near_surface(steep, 100, 0.55, 1.0)
    _assert_equal_where_it_matters(sparse, sample_everywhere(steep, 100, 0.55))


def test_a_corner_is_evaluated_once_and_few_of_them_are():
    asked = []

    def field(points):
        asked.append(points.copy())
        return torus(points)

    counting = CountingField(field)
    sample_near_surface(counting, 128, 0.55, 1.25)
    points = np.concatenate(asked)
    assert len(points) == counting.evaluations < 0.15 * 129**3
    assert len(np.unique(points, axis=0)) == len(points)


@pytest.mark.parametrize("wrong", [np.nan, np.inf])
def test_a_field_that_is_not_finite_is_refused(wrong):
    with pytest.raises(NonFiniteError):
        sample_near_surface(lambda p: np.full(len(p), wrong, np.float32), 16, 0.55, 1.0)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(8, 90), min_size=1, max_size=3), st.integers(0, 2**32 - 1))
def test_boxes_of_any_dimension_and_spacing_equal_the_dense_samples(cells, seed):
    rng = np.random.default_rng(seed)
    high = rng.uniform(0.02, 0.6, len(cells))
    ticks = [np.linspace(-h, h, n + 1).astype(np.float32) for h, n in zip(high, cells, strict=True)]
    radii, centres = rng.uniform(0.01, 0.2, 4), rng.uniform(-high, high, (4, len(cells)))

    def field(points):
        apart = np.linalg.norm(points[:, None] - centres.astype(np.float32), axis=2)
        return (apart - radii).min(axis=1).astype(np.float32)

    points = np.stack(np.meshgrid(*ticks, indexing="ij"), axis=-1)
    dense = field(points.reshape(-1, len(cells))).reshape(points.shape[:-1])
    sparse = sample_on_ticks(field, ticks, 1.0)
    inside = dense < 0
    assert np.array_equal(sparse < 0, inside)
    for axis in range(len(cells)):
        signs, got, want = (np.moveaxis(v, axis, 0) for v in (inside, sparse, dense))
        crossed = signs[:-1] != signs[1:]
        for side in (slice(None, -1), slice(1, None)):
            assert np.array_equal(got[side][crossed], want[side][crossed])
