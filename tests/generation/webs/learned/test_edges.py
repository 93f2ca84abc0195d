"""Masked diffusion of edges: symmetric, fair to its likelihood, all pairs revealed once."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from caddis.data.webs.dataset import WebSamples
from caddis.generation.webs.learned.backbone import start_weights
from caddis.generation.webs.learned.edges import (
    MASKED,
    NO_EDGE,
    EdgeModel,
    of_number,
    pairs,
    symmetric,
)
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.pairs import pair_features
from caddis.generation.webs.learned.streams import Streams
from tests.generation.webs.learned.conftest import TINY


@pytest.fixture
def model() -> EdgeModel:
    edges = EdgeModel(TINY)
    start_weights(edges, TINY.layers, 0)
    return edges


def test_a_model_that_knows_nothing_pays_one_bit_a_pair(model: EdgeModel, batch: WebBatch) -> None:
    """Its answer starts at even odds; the bound is then log 2 times the pairs, for any noise."""
    counts = batch.wishes.nodes.float()
    expected = float((counts * (counts - 1) / 2 / counts).mean()) * math.log(2)
    found = [
        float(model.loss(batch.positions, batch.adjacency, batch.wishes,
                         torch.Generator().manual_seed(seed)).detach())
        for seed in range(20)
    ]  # fmt: skip
    assert sum(found) / 20 == pytest.approx(expected, rel=0.05)


def test_logits_are_symmetric_and_blind_to_padding(model: EdgeModel, batch: WebBatch) -> None:
    torch.nn.init.normal_(model.to_answer.weight, std=0.2)
    states = torch.where(batch.adjacency, MASKED, NO_EDGE)
    places = batch.positions.clone()
    logits = model(places, pair_features(places, batch.mask), states, batch.wishes)
    torch.testing.assert_close(logits, logits.mT)
    places[~batch.mask] = 4.0
    other = model(places, pair_features(places, batch.mask), states, batch.wishes)
    real = pairs(batch.mask)
    torch.testing.assert_close(logits[real], other[real], rtol=1e-4, atol=1e-5)


def test_sampling_decides_every_pair_of_nodes_and_no_other(
    model: EdgeModel, batch: WebBatch
) -> None:
    with torch.no_grad():
        model.to_answer.bias.fill_(50.0)
    streams = Streams(range(8), torch.device("cpu"))
    found, _ = model.sample(batch.positions, batch.wishes, streams, steps=3, guidance=1.0)
    assert torch.equal(found, found.mT)
    assert torch.equal(found.tril(-1), pairs(batch.mask))


def test_a_model_that_draws_no_edges_still_writes_trees(model: EdgeModel, batch: WebBatch) -> None:
    with torch.no_grad():
        model.to_answer.bias.fill_(-50.0)
    streams = Streams(range(8), torch.device("cpu"))
    found, _ = model.sample(batch.positions, batch.wishes, streams, steps=3, guidance=1.0)
    assert torch.equal(found, found.mT)
    assert torch.equal(found.tril(-1).sum(dim=2)[:, 1:], batch.mask[:, 1:].long())
    assert found.sum(dim=(1, 2)).tolist() == (2 * (batch.wishes.nodes - 1)).tolist()


@given(st.integers(0, 1000), st.integers(2, 20), st.floats(0.0, 1.0))
def test_the_number_of_edges_is_met_and_the_web_stays_connected(
    seed: int, count: int, share: float
) -> None:
    random = torch.Generator().manual_seed(seed)
    logits = symmetric(torch.randn(1, count, count, generator=random))[0]
    edges = symmetric(torch.rand(1, count, count, generator=random))[0] > 0.8
    for node in range(1, count):
        if not edges[node, :node].any():
            edges[node, node - 1] = True
    least, most = count - 1, count * (count - 1) // 2
    wanted = round(least + share * (most - least))
    found = of_number(edges, logits, wanted)
    assert int(found.sum()) == wanted
    assert found[1:].any(dim=1).all()
    lower = edges.tril(-1)
    if wanted >= int(lower.sum()):
        assert (found & lower).equal(lower)
    else:
        assert not (found & ~lower).any()


def test_gradients_reach_every_weight_of_the_model(model: EdgeModel, batch: WebBatch) -> None:
    torch.nn.init.normal_(model.to_answer.weight, std=0.2)
    random = torch.Generator().manual_seed(0)
    model.loss(batch.positions, batch.adjacency, batch.wishes, random).backward()
    unused = {"backbone.place_embedding", "wishes.hidden_embedding"}  # rows of them may be
    for name, parameter in model.named_parameters():
        if name not in unused:
            assert parameter.grad is not None, name
            assert parameter.grad.abs().sum() > 0, name


def test_the_lower_half_is_mirrored() -> None:
    values = torch.arange(9.0).view(1, 3, 3)
    assert symmetric(values).tolist() == [[[0, 3, 6], [3, 0, 7], [6, 7, 0]]]


def test_a_thread_with_a_node_on_it_has_no_detour(samples: WebSamples) -> None:
    line = torch.tensor([[[0.0, 0, 0], [1.0, 0, 0], [2.0, 0, 0], [9.0, 9, 9]]])
    mask = torch.tensor([[True, True, True, False]])
    detour = pair_features(line, mask)[0, :, :, -1]
    assert detour[0, 2] == pytest.approx(0.0, abs=1e-4)
    assert detour[0, 1] == pytest.approx(1.0)  # over 2: three times as long; cut at e
