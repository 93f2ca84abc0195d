"""Batches built on the device equal numpy's for the same random picks, or in the mean."""

from pathlib import Path

import numpy as np
import pytest
import torch

from caddis.data.training_set import POINTS, QUERIES, TrainingSet
from caddis.generation.config import TokenizerConfig
from caddis.generation.training.batches import NOISE, Batch, augmented_batch, random_factors
from caddis.generation.training.device_batches import DeviceBatches, Picks, batch_maker

CPU = torch.device("cpu")
GPU = pytest.param("cuda", marks=pytest.mark.gpu)
ROWS = np.array([3, 0, 3, 7])


@pytest.fixture
def objects(cache: Path) -> TrainingSet:
    return TrainingSet(cache)


def numpys_picks(objects: TrainingSet, points: int, queries: int, seed: int) -> Picks:
    """The random picks of `augmented_batch` for this seed, in its order."""
    rng = np.random.default_rng(seed)
    factors = random_factors(objects, ROWS, rng)

    def some(count: int, of: int) -> torch.Tensor | None:
        return None if count == of else torch.from_numpy(rng.integers(0, of, (len(ROWS), count)))

    of_queries, of_points = some(queries, QUERIES), some(points, POINTS)
    noise = rng.normal(0, NOISE, (len(ROWS), points, 3)).astype(np.float32)
    return Picks(factors, of_points, of_queries, torch.from_numpy(noise))


def assert_same(one: Batch, two: Batch) -> None:
    torch.testing.assert_close(one.points, two.points, rtol=0, atol=2e-6)
    torch.testing.assert_close(one.queries, two.queries, rtol=0, atol=1e-6)
    torch.testing.assert_close(one.distance, two.distance, rtol=0, atol=1e-6)
    assert torch.equal(one.frames.tokens, two.frames.tokens)


@pytest.mark.parametrize("device", ["cpu", GPU])
@pytest.mark.parametrize(("points", "queries"), [(64, 32), (POINTS, QUERIES), (POINTS, 100)])
def test_the_same_picks_give_numpys_batch(
    device: str, points: int, queries: int, objects: TrainingSet
) -> None:
    config = TokenizerConfig(points=points)
    picks = numpys_picks(objects, points, queries, seed=4)
    there = [None if v is None else v.to(device) for v in (picks.points, picks.queries)]
    on_device = Picks(picks.factors, there[0], there[1], picks.noise.to(device))
    batches = DeviceBatches(objects, config, torch.device(device))
    made = batches.batch(ROWS, on_device).to(CPU)
    assert_same(made, augmented_batch(objects, ROWS, config, queries, np.random.default_rng(4)))


@pytest.mark.parametrize("changes", [{"framed": False}, {"folded": False}])
def test_ablations_have_numpys_frames(changes: dict[str, bool], objects: TrainingSet) -> None:
    config = TokenizerConfig(points=64, **changes)  # type: ignore[arg-type]
    made = DeviceBatches(objects, config, CPU)(ROWS, 8, np.random.default_rng(1))
    same = augmented_batch(objects, ROWS, config, 8, np.random.default_rng(1))
    assert torch.equal(made.frames.tokens, same.frames.tokens)


@pytest.mark.parametrize("device", ["cpu", GPU])
def test_the_same_stream_gives_the_same_batch_and_another_one_another(
    device: str, objects: TrainingSet
) -> None:
    batches = DeviceBatches(objects, TokenizerConfig(points=64), torch.device(device))
    one, two, other = (batches(ROWS, 32, np.random.default_rng(seed)) for seed in (3, 3, 4))
    assert torch.equal(one.points, two.points)
    assert torch.equal(one.distance, two.distance)
    assert not torch.equal(one.points, other.points)


@pytest.mark.parametrize("device", ["cpu", GPU])
def test_random_picks_have_the_means_of_numpys(device: str, objects: TrainingSet) -> None:
    config, rows = TokenizerConfig(points=200), np.repeat(np.arange(24), 12)
    batches = DeviceBatches(objects, config, torch.device(device))
    made = batches(rows, 200, np.random.default_rng(0)).to(CPU)
    same = augmented_batch(objects, rows, config, 200, np.random.default_rng(0))
    for one, two in ((made.points, same.points), (made.distance, same.distance)):
        assert float(one.mean()) == pytest.approx(float(two.mean()), abs=0.005)
        assert float(one.std()) == pytest.approx(float(two.std()), rel=0.02)
    drawn = batches.draw(rows, 200, np.random.default_rng(0))
    assert float(drawn.noise.std()) == pytest.approx(NOISE, rel=0.01)
    assert drawn.points is not None
    assert 0 <= int(drawn.points.min()) < 8
    assert POINTS - 8 <= int(drawn.points.max()) < POINTS


def test_a_cpu_takes_numpys_own_batches(objects: TrainingSet) -> None:
    config = TokenizerConfig(points=64)
    made = batch_maker(objects, config, CPU)(ROWS, 32, np.random.default_rng(2))
    assert_same(made, augmented_batch(objects, ROWS, config, 32, np.random.default_rng(2)))
