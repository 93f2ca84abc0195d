"""Augmented objects stay objects: longest side 1, unit normals, the same surface and symmetry."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from caddis.data.training_set import TrainingSet
from caddis.generation.tokenizer.frames import LEVELS
from caddis.generation.training.batches import (
    NOISE,
    augmented_batch,
    augmented_points,
    frames_of,
    plain_batch,
    random_factors,
)
from caddis.geometry.symmetry import SYMMETRIES
from tests.generation.conftest import TINY_TOKENIZER

EVERY = np.arange(24)


def of(
    cache: Path, *, points: int = 32, queries: int = 16, rows: np.ndarray = EVERY, seed: int = 3
):
    config = replace(TINY_TOKENIZER, points=points)
    return augmented_batch(TrainingSet(cache), rows, config, queries, np.random.default_rng(seed))


def test_factors_keep_the_longest_side_and_mirror_about_half(cache: Path) -> None:
    objects, rows = TrainingSet(cache), np.repeat(EVERY, 20)
    factors = random_factors(objects, rows, np.random.default_rng(0))
    sides = np.abs(factors) * objects.sides[rows]
    np.testing.assert_allclose(sides.max(axis=1), 1, rtol=1e-5)
    assert 0.4 < (factors[:, 0] < 0).mean() < 0.6
    assert sides.std(axis=0).min() > 0.02


def test_a_stretched_solid_of_revolution_stays_one(cache: Path) -> None:
    objects = TrainingSet(cache)
    factors = np.abs(random_factors(objects, EVERY, np.random.default_rng(0)))
    revolved = np.array([SYMMETRIES[at].revolved for at in objects.symmetries])
    assert (factors[revolved, 0] == factors[revolved, 1]).all()
    assert (factors[~revolved, 0] != factors[~revolved, 1]).all()
    assert (factors[revolved, 0] != factors[revolved, 2]).all()


def test_the_same_stream_gives_the_same_batch(cache: Path) -> None:
    one, two = (of(cache) for _ in range(2))
    for name in ("points", "queries", "distance"):
        assert torch.equal(getattr(one, name), getattr(two, name))
    assert torch.equal(one.frames.tokens, two.frames.tokens)


def test_shapes_of_a_batch_fill_their_frames(cache: Path) -> None:
    batch = of(cache, points=4096)
    unit = batch.frames.fold(batch.points[..., :3])
    thinnest = batch.frames.sides.min()
    assert unit.abs().max() < 1 + 5 * NOISE * 4 / thinnest
    used = torch.tensor([not SYMMETRIES[at].revolved for at in batch.frames.symmetry])
    reach = unit.amax(dim=1)
    assert (reach[:, [0, 2]] > 0.85).all()  # a level is 5 % of a side, which is 10 % when folded
    assert (reach[used, 1] > 0.85).all()


def test_the_surface_of_a_stretched_ball_is_where_its_distance_is_zero(cache: Path) -> None:
    batch = of(cache, points=2000, queries=4000, rows=np.array([0, 1] * 4), seed=1)
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


def test_a_plain_batch_is_the_objects_as_they_are(cache: Path) -> None:
    objects, rows = TrainingSet(cache), np.array([2, 5])
    config = replace(TINY_TOKENIZER, points=4096)
    batch = plain_batch(objects, rows, config, np.random.default_rng(0))
    np.testing.assert_array_equal(batch.points, objects.points[rows].astype(np.float32))
    uniform = objects.uniform_queries(rows).astype(np.float32)
    np.testing.assert_array_equal(batch.queries, uniform[..., :3])
    np.testing.assert_array_equal(batch.distance, uniform[..., 3])
    assert [SYMMETRIES[at].name for at in batch.frames.symmetry] == ["xy", "revolved"]


def test_frames_hold_the_stretched_sides_tightly(cache: Path) -> None:
    objects = TrainingSet(cache)
    factors = random_factors(objects, EVERY, np.random.default_rng(0))
    sides = torch.from_numpy(objects.sides * np.abs(factors))
    frames = frames_of(objects, EVERY, TINY_TOKENIZER, factors)
    assert (frames.sides >= sides * (1 - 1e-5)).all()
    assert (frames.sides < sides * 1.048).all()


@pytest.mark.parametrize("switch", ["folded", "framed"])
def test_folding_and_framing_can_be_switched_off(cache: Path, switch: str) -> None:
    objects, config = TrainingSet(cache), replace(TINY_TOKENIZER, **{switch: False})
    plain = frames_of(objects, EVERY, TINY_TOKENIZER)
    frames = frames_of(objects, EVERY, config)
    assert (frames.symmetry == 0).all() == (switch == "folded")
    assert (frames.level == LEVELS - 1).all() == (switch == "framed")
    kept = "level" if switch == "folded" else "symmetry"
    assert torch.equal(getattr(frames, kept), getattr(plain, kept))


def test_a_wrong_symmetry_in_the_data_is_not_passed_over(cache: Path) -> None:
    objects = json.loads((cache / "objects.json").read_text())
    objects[3]["symmetry"] = "diagonal"
    (cache / "objects.json").write_text(json.dumps(objects))
    with pytest.raises(KeyError, match="diagonal"):
        frames_of(TrainingSet(cache), EVERY, TINY_TOKENIZER)
