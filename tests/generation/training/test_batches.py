"""Augmented objects stay objects: longest side 1, unit normals, the same surface."""

from pathlib import Path

import numpy as np

from data.training_set import TrainingSet
from generation.training.batches import augmented_batch, augmented_points, random_factors


def test_factors_keep_the_longest_side_and_mirror_about_half() -> None:
    rng = np.random.default_rng(0)
    extents = rng.uniform(0.1, 1, (400, 3)).astype(np.float32)
    factors = random_factors(extents, rng)
    np.testing.assert_allclose((np.abs(factors) * extents).max(axis=1), 1, rtol=1e-5)
    assert 0.4 < (factors[:, 0] < 0).mean() < 0.6


def test_the_same_stream_gives_the_same_batch(cache: Path) -> None:
    objects, rows = TrainingSet(cache), np.array([1, 5])
    one, two = (augmented_batch(objects, rows, 32, 16, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one.points, two.points)
    assert np.array_equal(one.distance, two.distance)


def test_the_surface_of_a_stretched_ball_is_where_its_distance_is_zero(cache: Path) -> None:
    objects, rows = TrainingSet(cache), np.array([0] * 8)
    rng = np.random.default_rng(1)
    batch = augmented_batch(objects, rows, 2000, 4000, rng)
    for points, queries, distance in zip(
        batch.points.numpy(), batch.queries.numpy(), batch.distance.numpy(), strict=True
    ):
        half = np.abs(points[:, :3]).max(axis=0)  # the ball became an ellipsoid
        inside = ((queries / half) ** 2).sum(axis=1) < 1
        clear = np.abs(((queries / half) ** 2).sum(axis=1) - 1) > 0.15
        assert (inside == (distance < 0))[clear].all()


def test_normals_stay_perpendicular_to_the_stretched_surface(cache: Path) -> None:
    objects, rows = TrainingSet(cache), np.array([0])
    factors = np.array([[0.5, 1.0, -0.8]], np.float32)
    cloud = augmented_points(objects, rows, 500, factors, np.random.default_rng(0))[0]
    radius = np.linalg.norm(objects.points[0, 0, :3].astype(float))
    gradient = cloud[:, :3] / (radius * factors[0]) ** 2  # of the ellipsoid's equation
    gradient /= np.linalg.norm(gradient, axis=1, keepdims=True)
    assert ((gradient * cloud[:, 3:]).sum(axis=1) > 0.99).all()
    np.testing.assert_allclose(np.linalg.norm(cloud[:, 3:], axis=1), 1, rtol=1e-4)
