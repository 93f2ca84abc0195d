"""Fidelity, identity and verdicts by hand, and the whole chain on a few small webs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.common.rows import Rows
from benchmarks.webs import generated, making
from benchmarks.webs.fidelity import PROPERTIES, mean_error, properties, r_squared
from benchmarks.webs.held_out import held_out, wish
from benchmarks.webs.identity import Hashes, novel, unique
from benchmarks.webs.making import generator_rows, other_rows, repaired, share_connected
from benchmarks.webs.verdict import Measure, measures, verdict
from caddis.data.webs.dataset import WebSamples, build_samples
from caddis.data.webs.sampling import random_turn
from caddis.generation.webs.generator import Pieces
from caddis.geometry.webs import Web

SQUARE = Web(
    np.array([[0, 0, 0], [1, 0, 0], [1, 2, 0], [0, 2, 0.0]]),
    np.array([[0, 1], [1, 2], [2, 3], [0, 3]]),
)
PARTED = Web(np.array([[0, 0, 0], [2, 0, 0], [3, 0, 0], [5, 0, 0.0]]), np.array([[0, 1], [2, 3]]))


def test_the_wish_of_a_web_is_what_it_has() -> None:
    asked = wish(SQUARE)
    assert (asked.nodes, asked.edges, asked.edge_length_mm) == (4, 4, 1.5)
    assert asked.orientation == pytest.approx((1 / 3, 2 / 3, 0))
    assert properties([SQUARE])[0].tolist() == pytest.approx([4, 4, 2, 1.5, 1 / 3, 2 / 3, 0])


def test_a_web_without_threads_misses_all_but_its_nodes() -> None:
    lonely = Web(np.zeros((3, 3)), np.zeros((0, 2), np.int64))
    assert properties([lonely]).tolist() == [[3, 0, 0, 0, 0, 0, 0]]


def test_r2_is_one_where_met_and_zero_at_the_mean() -> None:
    asked = np.array([[1.0, 2.0, 3.0], [3.0, 4.0, 5.0]])
    achieved = np.array([[1.0, 3.0, 5.0], [3.0, 3.0, 3.0]])
    assert r_squared(asked, achieved).tolist() == [1, 0, -3]
    assert mean_error(asked, achieved).tolist() == [0, 1, 2]


@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 50.0))
def test_a_web_keeps_its_hashes_when_turned_scaled_and_renumbered(seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    nodes = np.random.default_rng(0).normal(size=(6, 3))  # lengths away from steps
    web = Web(nodes, np.array([[0, 1], [1, 2], [2, 3], [3, 0], [0, 4], [4, 5]]))
    order = rng.permutation(6)
    place = np.argsort(order)
    same = Web((nodes @ random_turn(rng).T * scale)[order], place[web.edges])
    one, two = Hashes.of([web]), Hashes.of([same])
    assert one == two


def test_a_moved_node_changes_the_geometry_and_a_new_edge_the_topology() -> None:
    moved = SQUARE.moved(SQUARE.nodes + np.array([[0, 0, 0], [0, 0, 0], [2, 0, 0], [0, 0, 0.0]]))
    braced = Web(SQUARE.nodes, np.concatenate([SQUARE.edges, [[0, 2]]]))
    found = Hashes.of([SQUARE, moved, braced])
    assert unique(found.topology) == pytest.approx(2 / 3)
    assert unique(found.geometry) == 1.0
    assert novel(found.topology, found.topology[:1]) == pytest.approx(1 / 3)
    assert novel(found.geometry, found.geometry[:1]) == pytest.approx(2 / 3)


def test_repair_joins_parts_and_keeps_the_length_asked_for() -> None:
    assert share_connected([SQUARE, PARTED]) == 0.5
    whole = repaired(PARTED, 4.0)
    assert share_connected([whole]) == 1.0
    assert whole.lengths.mean() == pytest.approx(4.0)
    assert repaired(PARTED, None).lengths.tolist() == pytest.approx([2, 2, 1])
    assert (repaired(SQUARE, 4.0).nodes == SQUARE.nodes).all()


def test_a_verdict_names_what_is_worse_level_and_unclear() -> None:
    def measure(name: str, ours: list[float], theirs: list[float]) -> Measure:
        return Measure(name, np.array(ours), np.array(theirs), rising=name.startswith("R2"))

    better = measure("R2 of nodes", [0.9, 0.91], [0.1, 0.2])
    assert verdict("a", "b", [better]) == "**a** is better than b on every R2 and on every MMD."
    level = measure("R2 of edges", [1.0, 1.0], [1.0, 1.0])
    worse = measure("MMD by degree", [0.3, 0.3], [0.2, 0.2])
    unclear = measure("MMD by spectrum", [0.1, 0.3], [0.15, 0.35])
    said = verdict("a", "b", [better, level, worse, unclear])
    assert "better than b on 2 of 4 figures" in said
    assert "worse on MMD by degree (0.30000 against 0.20000);" in said
    assert "level on R2 of edges;" in said
    assert said.endswith(
        "spread of seeds on MMD by spectrum (0.20000 against 0.25000, within the spread of seeds)."
    )


def test_differences_of_a_single_run_are_never_within_the_spread() -> None:
    one = Measure("R2 of nodes", np.array([0.5]), np.array([0.4]), rising=True)
    assert one.clear
    assert str(one) == "R2 of nodes (0.500 against 0.400)"


@pytest.fixture(scope="module")
def orbs() -> WebSamples:
    return build_samples(10, 12, 0, kinds=("orb",))


def test_the_chain_from_samples_to_the_page(orbs, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(
        making, "loaded", lambda *_: Pieces([orbs.web(row) for row in range(0, 60, 8)], pool=4)
    )
    for name in ("autoregressive", "released-autoregressive"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(name.encode())
    monkeypatch.setattr(making, "SHIPPED", tmp_path)
    results = Rows(tmp_path / "rows.jsonl")
    held = held_out(orbs, 8, None, results)
    assert held.asked.shape == (8, len(PROPERTIES))
    names = ("autoregressive", "released-autoregressive", "discrete-diffusion", "pieces")
    rows = list(generator_rows(names, 2, tmp_path, held, results))
    assert [(row["name"], row["seed"]) for row in rows] == [
        (name, seed) for seed in (0, 1) for name in names if name != "discrete-diffusion"
    ]
    others = list(other_rows(2, held, results))
    assert others[-1]["mmd"] == pytest.approx(dict.fromkeys(others[-1]["mmd"], 0.0), abs=1e-12)
    assert others[0]["novel"] == [0.0, 0.0]  # training webs are known
    ours, theirs = ([row for row in rows if row["name"] == name] for name in names[:2])
    assert not list(measures(held.asked, ours, theirs))[-1].clear  # they are the same
    page = "\n".join(generated.section(rows, others, held))
    assert "| autoregressive | " in page
    assert "discrete-diffusion and released-adjacency: not both measured." in page
    assert "- autoregressive is " in page  # below the floors, or not
    assert "### Against real webs" not in page
    closed = Rows(tmp_path / "rows.jsonl", closed=True)
    assert list(generator_rows(names, 3, tmp_path, held, closed)) == rows  # no third seed
