"""Nodes depend on earlier ones only, and the likelihood is that of whole webs."""

import numpy as np
import pytest
import torch

from caddis.generation.webs.learned.autoregressive import Autoregressive
from caddis.generation.webs.learned.model import WebBatch
from caddis.generation.webs.learned.walk import parents, walk_features
from caddis.generation.webs.learned.wishes import Asked
from tests.generation.webs.learned.conftest import TINY


def test_parents_are_the_earliest_neighbours_and_never_go_back(batch: WebBatch) -> None:
    found = parents(batch.adjacency)
    for row, count in enumerate(batch.wishes.nodes.tolist()):
        links = batch.adjacency[row].numpy()
        expected = [int(np.flatnonzero(links[node])[0]) for node in range(1, count)]
        assert found[row, 1:count].tolist() == expected
        assert (np.diff(expected) >= 0).all()


def test_rows_of_features_look_back_only(batch: WebBatch) -> None:
    whole = walk_features(batch.positions, batch.adjacency, batch.wishes)
    part = walk_features(batch.positions[:, :6], batch.adjacency[:, :6, :6], batch.wishes)
    torch.testing.assert_close(whole[:, :6], part)


def test_shares_so_far_end_at_those_of_the_web(batch: WebBatch) -> None:
    features = walk_features(batch.positions, batch.adjacency, batch.wishes)
    for row, count in enumerate(batch.wishes.nodes.tolist()):
        found = (features[row, count - 1, -3:] + 1.0) / 3.0
        torch.testing.assert_close(found, batch.wishes.shares[row], rtol=1e-3, atol=1e-3)


def test_later_nodes_do_not_change_the_likelihood_of_earlier_ones(batch: WebBatch) -> None:
    model = Autoregressive(TINY, seed=1)
    read = model._read(batch.positions, batch.adjacency, batch.wishes)
    moved = batch.positions.clone()
    moved[:, 5:] += 1.0
    assert torch.equal(read[:, :5], model._read(moved, batch.adjacency, batch.wishes)[:, :5])
    state = read[:, :-1]
    rows, _ = model._row(
        state, state, batch.positions, batch.adjacency, parents(batch.adjacency)[:, 1:]
    )
    links = batch.adjacency.clone()
    links[:, 5:] = links[:, :, 5:] = False
    other, _ = model._row(state, state, batch.positions, links, parents(batch.adjacency)[:, 1:])
    torch.testing.assert_close(rows[:, :4, :4].tril(), other[:, :4, :4].tril())


def test_a_batch_in_training_says_the_same_as_one_node_at_a_time(batch: WebBatch) -> None:
    """The logits of the pointer and of the row in sampling are those of teacher forcing."""
    model, new = Autoregressive(TINY, seed=1), 5
    torch.nn.init.normal_(model.to_answer.weight, std=0.2)
    places, links = batch.positions, batch.adjacency
    parent = parents(links)
    read = model._read(places, links, batch.wishes)
    whole = model._pointer(read[:, :-1], read[:, :-1], parent[:, :-1])
    before = read[:, :new]
    one = model._pointer(before[:, -1:], before, parent[:, new - 1 : new])
    torch.testing.assert_close(one[:, 0], whole[:, new - 1, :new])
    rows, is_open = model._row(read[:, :-1], read[:, :-1], places, links, parent[:, 1:])
    seen = (places[:, : new + 1], links[:, : new + 1, : new + 1], parent[:, new : new + 1])
    row, row_open = model._row(before[:, -1:], before, *seen)
    assert torch.equal(row_open[:, 0], is_open[:, new - 1, :new])
    torch.testing.assert_close(row[:, 0], rows[:, new - 1, :new])


def test_padding_takes_no_part_in_the_loss(batch: WebBatch) -> None:
    model = Autoregressive(TINY, seed=1)
    random = torch.Generator().manual_seed(0)
    loss = model.losses(batch, random)["loss"]
    loss.backward()
    assert torch.isfinite(loss)
    assert all(torch.isfinite(p.grad).all() for p in model.parameters() if p.grad is not None)
    batch.positions[~batch.mask] = 3.0
    again = float(model.losses(batch, random)["loss"].detach())
    batch.positions[~batch.mask] = 0.0
    assert again == pytest.approx(float(loss.detach()), rel=1e-5)


def test_it_is_stochastic_given_its_condition() -> None:
    model = Autoregressive(TINY, seed=1).eval()
    asked = [Asked(12, 2.5, None, 1.0)] * 2
    one, two = model.write(asked, [1, 2])
    assert not np.array_equal(one.nodes, two.nodes)
