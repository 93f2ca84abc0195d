"""The rest of the quality command that can be held by small cases."""

from pathlib import Path

import numpy as np
import pytest
import trimesh

from benchmarks.quality.page import table
from benchmarks.quality.reconstruction import MISSED, code_use, prefixes, surface_scores
from benchmarks.quality.shapes import Clouds, unigram
from benchmarks.quality.store import Store


def cube(side: float) -> trimesh.Trimesh:
    return trimesh.creation.box((side, side, side))


def test_prefixes_halve_down_to_one_token() -> None:
    assert prefixes(64) == [64, 32, 16, 8, 4, 2, 1]
    assert prefixes(6) == [6, 3, 1]


def test_a_surface_is_at_no_distance_from_itself_whatever_the_sample() -> None:
    found = surface_scores(cube(1.0), cube(1.0), np.random.default_rng(0))
    assert found["cd"] == pytest.approx(0, abs=1e-7)
    assert found["f_0.01"] == 1.0


def test_nested_cubes_are_as_far_apart_as_their_walls() -> None:
    found = surface_scores(cube(0.97), cube(1.0), np.random.default_rng(0))
    assert found["cd"] == pytest.approx(0.015, rel=0.02)  # more at the corners
    assert found["f_0.01"] == 0.0
    assert found["f_0.02"] > 0.9


def test_a_shape_without_surface_counts_as_a_miss() -> None:
    found = surface_scores(None, cube(1.0), np.random.default_rng(0))
    assert found == {"cd": MISSED, "f_0.01": 0.0, "f_0.02": 0.0}


def test_code_use_of_a_case_by_hand() -> None:
    found = code_use(np.array([[0, 1], [0, 1]]), codes=8)
    assert found == {"used": pytest.approx(25.0), "perplexity": pytest.approx(2.0)}


def test_unigram_tokens_keep_to_what_their_position_saw_in_training() -> None:
    training = np.array([[1, 10, 20], [2, 10, 21], [3, 10, 20]])
    drawn = unigram(training, 50, seed=3)
    assert drawn.shape == (50, 3)
    for position in range(3):
        assert set(drawn[:, position]) <= set(training[:, position])
    assert len({tuple(row) for row in drawn}) > 3  # positions are drawn apart
    assert (drawn == unigram(training, 50, seed=3)).all()


def test_a_shape_without_surface_stands_for_a_point_at_the_origin() -> None:
    made = Clouds(np.zeros((2, 5, 3), np.float32), np.array([False, True]))
    assert [tree.n for tree in made.trees] == [1, 5]


def test_the_store_computes_once_per_settings(tmp_path: Path) -> None:
    calls = []

    def make() -> dict[str, float]:
        calls.append(1)
        return {"value": 0.5}

    for settings in ({"seed": 0}, {"seed": 0}, {"seed": 1}):
        assert Store(tmp_path, settings).figures("one", make) == {"value": 0.5}
    assert len(calls) == 2
    Store(tmp_path, {"seed": 0}, fresh=True).figures("one", make)
    assert len(calls) == 3


def test_the_store_gives_arrays_back(tmp_path: Path) -> None:
    for _ in range(2):
        found = Store(tmp_path, {}).arrays("two", lambda: {"a": np.arange(3), "b": np.eye(2)})
        assert (found["a"] == np.arange(3)).all()
        assert (found["b"] == np.eye(2)).all()


def test_tables_are_markdown() -> None:
    assert table(["a", "b"], [["1", "2"]]) == ["| a | b |", "| --- | --- |", "| 1 | 2 |", ""]
