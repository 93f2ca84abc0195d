"""Places and slots stand for the web that they were made from."""

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.data.webs.dataset import WebSamples
from caddis.generation.webs.learned.analog import SLOTS, decode, encode
from caddis.generation.webs.learned.model import WebBatch
from caddis.geometry.webs import Web


def breadth_first_web(seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Random places and a graph in breadth-first order with at most SLOTS earlier neighbours."""
    rng = np.random.default_rng(seed)
    adjacency = np.zeros((count, count), np.bool_)
    parent = 0
    for node in range(1, count):
        parent = min(node - 1, parent + int(rng.integers(3)))
        after = np.arange(parent + 1, node)
        others = rng.permutation(after)[: int(rng.integers(SLOTS))]
        earlier = [parent, *others.tolist()]
        adjacency[node, earlier] = adjacency[earlier, node] = True
    places = rng.normal(size=(count, 3)).astype(np.float32)
    return torch.from_numpy(places), torch.from_numpy(adjacency)


@given(st.integers(0, 1000), st.integers(2, 64))
@settings(max_examples=30, deadline=None)
def test_decoding_undoes_encoding(seed: int, count: int) -> None:
    places, adjacency = breadth_first_web(seed, count)
    found = decode(encode(places[None], adjacency[None])[0])
    np.testing.assert_allclose(found.nodes, places.numpy())
    rows = np.sort(found.edges, axis=1)
    expected = np.argwhere(np.triu(adjacency.numpy()))
    assert {tuple(row) for row in rows.tolist()} == {tuple(row) for row in expected.tolist()}


@given(st.integers(0, 1000), st.integers(2, 64))
@settings(max_examples=20, deadline=None)
def test_whatever_the_channels_say_the_web_is_connected(seed: int, count: int) -> None:
    random = torch.Generator().manual_seed(seed)
    found = decode(torch.randn(count, 3 + 4 * SLOTS, generator=random))
    assert Web(found.nodes, found.edges).parts.max() == 0


def test_as_many_edges_are_read_as_are_asked_for() -> None:
    channels = torch.randn(20, 3 + 4 * SLOTS, generator=torch.Generator().manual_seed(0))
    found = [len(decode(channels, edges).edges) for edges in (19, 25, 40, 2000)]
    assert found[:3] == [19, 25, 40]
    assert found[3] == 19 + 18 + 17  # all slots that have a node to end at


def test_almost_no_edge_of_a_built_web_is_lost(samples: WebSamples, batch: WebBatch) -> None:
    channels = encode(batch.positions, batch.adjacency)
    drafts = [decode(row[:n]) for row, n in zip(channels, batch.wishes.nodes, strict=True)]
    kept = sum(len(one.edges) for one in drafts)
    assert kept >= 0.99 * float(batch.adjacency.sum()) / 2
