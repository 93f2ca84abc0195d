"""Samples and splits: connected, of the right size, no web on two sides."""

import networkx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.data.webs.dataset import SPLITS, WebSamples, build_samples, varied
from caddis.data.webs.kinds import build_web
from caddis.data.webs.sampling import MAX_NODES, neighbourhood, random_turn
from caddis.geometry.errors import ConfigError, DataError
from caddis.geometry.webs import Web


@pytest.fixture(scope="module")
def orb():
    return build_web("orb", 0)


@given(st.integers(2, MAX_NODES), st.integers(0, 9999))
def test_a_neighbourhood_is_connected_and_each_node_has_one_before_it(orb, count, seed):
    sample = neighbourhood(orb, count, np.random.default_rng(seed))
    assert len(sample.nodes) == count
    assert sample.parts.max() == 0
    before = np.zeros(count, bool)
    before[sample.edges.max(axis=1)] = True
    assert before[1:].all()


def test_a_neighbourhood_is_breadth_first_and_induced(orb):
    sample = neighbourhood(orb, 40, np.random.default_rng(5))
    rows = [int(np.flatnonzero((orb.nodes == node).all(axis=1))[0]) for node in sample.nodes]
    graph = networkx.Graph(orb.edges.tolist())
    steps = networkx.single_source_shortest_path_length(graph, rows[0])
    assert [steps[row] for row in rows] == sorted(steps[row] for row in rows)
    assert len(sample.edges) == graph.subgraph(rows).number_of_edges()


def test_a_small_part_gives_a_small_sample_and_nothing_gives_none():
    web = Web(np.eye(3), [[0, 1]])
    assert len(neighbourhood(web, 9, np.random.default_rng(0)).nodes) == 2
    with pytest.raises(ConfigError):
        neighbourhood(web, 65, np.random.default_rng(0))
    with pytest.raises(ConfigError):
        neighbourhood(Web(np.eye(3), []), 9, np.random.default_rng(0))


@given(st.integers(0, 999))
def test_a_turn_is_a_rotation(seed):
    turn = random_turn(np.random.default_rng(seed))
    assert turn @ turn.T == pytest.approx(np.eye(3))
    assert np.linalg.det(turn) == pytest.approx(1.0)


@pytest.fixture(scope="module")
def samples():
    return build_samples(20, 4, seed=0, kinds=("orb",))


def test_no_web_is_on_two_sides_and_all_sides_are_there(samples):
    sides = {web: set(samples.split[samples.webs == web]) for web in range(20)}
    assert all(len(side) == 1 for side in sides.values())
    count = [len({w for w, s in sides.items() if s == {i}}) for i in range(len(SPLITS))]
    assert count == [16, 2, 2]
    assert sum(len(samples.of(split)) for split in SPLITS) == len(samples) == 80
    with pytest.raises(ConfigError):
        samples.of("all")


def test_samples_are_padded_symmetric_and_connected(samples):
    assert samples.positions.shape == (80, 64, 3)
    assert (samples.adjacency == samples.adjacency.transpose(0, 2, 1)).all()
    for row in range(0, 80, 7):
        count = samples.counts[row]
        assert not samples.adjacency[row, count:].any()
        assert not samples.positions[row, count:].any()
        web = samples.web(row)
        assert web.parts.max() == 0
        assert np.abs(web.nodes.mean(axis=0)).max() < 1e-3


def test_samples_are_the_same_again_and_survive_a_file(samples, tmp_path):
    again = build_samples(20, 4, seed=0, kinds=("orb",))
    assert again.positions.tobytes() == samples.positions.tobytes()
    samples.save(tmp_path / "a.npz")
    again.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    read = WebSamples.load(tmp_path / "a.npz")
    for name in ("positions", "adjacency", "counts", "webs", "split"):
        assert np.array_equal(getattr(read, name), getattr(samples, name))


def test_no_file_of_samples_and_no_samples_are_refused(tmp_path):
    with pytest.raises(DataError):
        WebSamples.load(tmp_path / "none.npz")
    (tmp_path / "bad.npz").write_bytes(b"PK")
    with pytest.raises(DataError):
        WebSamples.load(tmp_path / "bad.npz")
    with pytest.raises(ConfigError):
        build_samples(0, 1, 0)
    with pytest.raises(ConfigError):
        varied("cob", np.random.default_rng(0))


@pytest.mark.parametrize("kind", ["tangle", "sheet", "orb"])
def test_varied_kinds_differ(kind):
    rng = np.random.default_rng(0)
    assert varied(kind, rng) != varied(kind, rng)
