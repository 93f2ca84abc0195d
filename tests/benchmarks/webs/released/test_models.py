"""The released representations encode webs, and their losses can be minimised."""

import numpy as np
import pytest
import torch

from benchmarks.webs.released.models import _from_matrices, _from_numbers, neighbour_numbers
from benchmarks.webs.released.registry import BASELINES
from benchmarks.webs.released.scaling import Scaling, full, millimetres
from caddis.data.webs.dataset import WebSamples
from caddis.generation.webs.conditions import WebCondition
from caddis.generation.webs.learned.wishes import Asked
from caddis.generation.webs.training.batches import web_batch
from caddis.geometry.webs import web_parameters
from tests.generation.webs.learned.conftest import TINY, untrained


@pytest.fixture(scope="module")
def samples() -> WebSamples:
    from caddis.data.webs.dataset import build_samples

    return build_samples(1, 24, seed=1, kinds=["orb"])


def edges_of(samples: WebSamples, row: int) -> set[tuple[int, ...]]:
    return {tuple(edge) for edge in samples.web(row).edges.tolist()}


def test_numbers_and_matrices_are_read_back(samples: WebSamples) -> None:
    batch = web_batch(samples, np.arange(24), torch.device("cpu"), None)
    places, numbers = full(millimetres(batch)), neighbour_numbers(batch)
    signs = torch.zeros(24, 64, 64)
    width = batch.adjacency.shape[1]
    signs[:, :width, :width] = batch.adjacency.float()
    drafts = _from_matrices(places, signs)
    for row in range(24):
        by_number = _from_numbers(places[row], numbers[row].long())
        for draft in (by_number, drafts[row]):
            assert {tuple(sorted(edge)) for edge in draft.edges.tolist()} == edges_of(samples, row)
            np.testing.assert_allclose(
                draft.nodes, samples.positions[row, : len(draft.nodes)], 1e-4
            )


def test_scaling_brings_coordinates_to_one_range_and_back(samples: WebSamples) -> None:
    batch = web_batch(samples, np.arange(24), torch.device("cpu"), None)
    scaling = Scaling()
    scaling.measure(batch)
    scaled = scaling.places(full(millimetres(batch)))
    assert scaled.min() == pytest.approx(-1.0)
    assert scaled.max() == pytest.approx(1.0)
    torch.testing.assert_close(scaling.to_mm(scaled), full(millimetres(batch)), atol=1e-4, rtol=0)
    assert scaling.wishes(batch.wishes).abs().max() <= 1.0 + 1e-5


@pytest.mark.parametrize("name", BASELINES.models)
def test_a_few_steps_lower_the_loss(name: str, samples: WebSamples) -> None:
    batch = web_batch(samples, np.arange(24), torch.device("cpu"), None)
    model = BASELINES.build(name, TINY, seed=0)
    model.measure(batch)
    optimizer = torch.optim.Adam(model.parameters(), 3e-3)

    def loss() -> torch.Tensor:
        return model.losses(batch, torch.Generator().manual_seed(0))["loss"]

    before = float(loss().detach())
    for _ in range(8):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()
    assert float(loss().detach()) < before


def test_the_regression_gives_one_answer_for_one_start(samples: WebSamples) -> None:
    model = BASELINES.build("released-autoregressive", TINY, seed=0).eval()
    asked = [Asked(12, 2.5, (0.3, 0.3, 0.4), 5.0), Asked(12, 2.5, (0.3, 0.3, 0.4), 5.0)]
    one, two = model.write(asked, [9, 9])
    np.testing.assert_array_equal(one.nodes, two.nodes)


@pytest.mark.parametrize("name", BASELINES.models)
def test_baselines_are_connected_only_after_repair(name: str, samples: WebSamples) -> None:
    generator, wishes = untrained(name, samples, BASELINES), [WebCondition(nodes=12)] * 4
    repaired = generator.sample_each(wishes, seed=0)
    assert all(web_parameters(web).parts == 1 for web in repaired)
    raw = generator.sample_each(wishes, seed=0, repair=False)
    for web, whole in zip(raw, repaired, strict=True):
        kept = {tuple(edge) for edge in whole.edges.tolist()}
        assert {tuple(edge) for edge in web.edges.tolist()} <= kept
        np.testing.assert_array_equal(web.nodes, whole.nodes)
