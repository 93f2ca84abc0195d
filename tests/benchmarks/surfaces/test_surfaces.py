"""The surfaces command: what is planned, measured in a fork, kept, scored and tabled."""

import itertools
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
import torch
import trimesh

from benchmarks.common.rows import Rows
from benchmarks.surfaces import cost, gridpull_paper, inputs, methods, plan, scores, tables
from benchmarks.surfaces.item import Item, measured
from benchmarks.surfaces.methods import Outcome
from caddis.geometry.errors import NotSolidError

BOX = trimesh.creation.box((1.0, 0.6, 0.4))
ITEM = Item("clean", "boxing", "box")


def test_nothing_is_planned_twice_and_every_method_is_known() -> None:
    items = list(plan.plan(["a", "b", "spot"], ("b",), ["c.pcd"]))
    assert len(items) == len(set(items))
    known = {*methods.METHODS, cost.GRIDPULL, cost.VOROMESH}
    assert {item.method for item in items} <= known


@pytest.mark.parametrize("kind", ["clean", "noisy", "outliers", "broken"])
def test_a_scan_of_a_kind_has_its_faults_and_is_always_the_same(kind: str) -> None:
    points, normals = inputs.scanned(BOX, kind, 3000)
    again, _ = inputs.scanned(BOX, kind, 3000)
    assert points.shape == normals.shape == (3000, 3)
    assert np.array_equal(points, again)
    off = np.abs(trimesh.proximity.signed_distance(BOX, points))
    if kind == "noisy":
        assert off.mean() == pytest.approx(inputs.NOISE * np.sqrt(2.0 / np.pi), rel=0.1)
    else:
        assert (off > 1e-6).mean() == pytest.approx(0.05 * (kind == "outliers"), abs=0.005)


def test_a_fork_gives_time_memory_and_scores() -> None:
    def make() -> Outcome:
        assert np.ones(25_000_000).sum() > 0.0
        return Outcome(BOX, {"generators": 8})

    row = measured(ITEM, make, scores.soundness, limit=20)
    assert row["method"] == "boxing"
    assert row["generators"] == 8
    assert row["manifold"]
    assert 190.0 < row["peak_mb"] < 400.0
    assert row["cpu"] > 0.0


def test_errors_and_limits_are_written_down(tmp_path: Path) -> None:
    def fail() -> Outcome:
        raise NotSolidError("the points enclose nothing")

    def hang() -> Outcome:
        while True:
            pass

    rows = Rows(tmp_path / "rows.jsonl")
    rows.add(measured(ITEM, fail, scores.soundness, limit=20))
    assert "enclose nothing" in rows.rows[0]["error"]
    assert Rows(tmp_path / "rows.jsonl").find(asdict(ITEM)) is not None
    assert rows.find(asdict(Item("noisy", "boxing", "box"))) is None
    assert measured(ITEM, hang, scores.soundness, limit=1)["timeout"] == 1


def test_a_surface_is_no_distance_from_itself_and_a_lifted_one_is_that_far() -> None:
    same = scores.nearness(BOX, BOX)
    assert same["cd1"] == pytest.approx(0.0, abs=1e-6)
    assert same["f003"] == 1.0
    larger = trimesh.creation.box((1.02, 0.62, 0.42))
    lifted = scores.nearness(larger, BOX)
    assert lifted["cd1"] == pytest.approx(10.0, rel=0.05)
    assert lifted["hd"] == pytest.approx(10.0 * np.sqrt(3.0), rel=0.1)


def test_failures_count_as_infinitely_far_and_meshes_are_shared() -> None:
    good = {"closed": True, "manifold": True, "crossings": 0, "collapsed": 0, "pieces": 1}
    good |= {"faces": 12, "cpu": 1.0, "wall": 1.0, "peak_mb": 1.0}
    rows = [
        {"kind": "clean", "method": "ours", "name": name, "cd1": 1.0, **good} for name in "abcd"
    ]
    rows += [{"kind": "clean", "method": "theirs", "name": "a", "cd1": 2.0, **good}]
    rows += [{"kind": "clean", "method": "theirs", "name": name, "timeout": 60} for name in "bc"]
    table = tables.by_mesh(rows, "clean", ["ours", "theirs"])
    assert tables.shared(table) == ["a", "b", "c"]
    ours, theirs = tables.comparison(table, ["a", "b", "c"], "ours")[2:-1]
    assert ours.split(" | ")[1:3] == ["1.000", "1.00"]
    assert theirs.split(" | ")[1:3] == ["inf", "inf"]
    assert theirs.endswith("2 of 3 |")


def test_the_exponent_is_the_slope_on_logarithmic_axes() -> None:
    rows = [{"name": str(size), "cpu": 3e-5 * size**1.5} for size in (100, 1000, 10_000)]
    assert cost.exponent(rows) == pytest.approx(1.5)


def test_differences_of_the_paper_count_where_points_are_near() -> None:
    points = np.array([[0.0, 0.0, 0.0], [0.1, -0.2, 0.3]])
    weights = gridpull_paper.difference_weights(points)
    node = np.rint((points[0] + 1.0) * 127 / 2).astype(int)
    assert weights[tuple(node - 14)] == 43.0  # the first offset, -14 each
    assert weights[tuple(node - 15)] == 0.0
    field = torch.rand(weights.shape, generator=torch.Generator().manual_seed(0))
    used = torch.nonzero(weights).tolist()
    slow = 0.0
    for at in used[:: len(used) // 50]:
        for axis, step in itertools.product(range(3), (-1, 1)):
            other = [c + step * (i == axis) for i, c in enumerate(at)]
            slow += float(weights[tuple(at)] * (field[tuple(other)] - field[tuple(at)]) ** 2)
    chosen = torch.zeros_like(weights)
    for at in used[:: len(used) // 50]:
        chosen[tuple(at)] = weights[tuple(at)]
    fast = gridpull_paper.differences(field, chosen) * (chosen > 0).sum()
    assert float(fast) == pytest.approx(slow, rel=1e-4)


def test_the_paper_pulls_queries_onto_points() -> None:
    axis = torch.linspace(-1.0, 1.0, gridpull_paper.NODES)
    height = axis.expand(gridpull_paper.NODES, gridpull_paper.NODES, -1).contiguous()
    points = torch.rand((500, 3), generator=torch.Generator().manual_seed(1)) - 0.5
    points[:, 2] = 0.0
    queries = points + torch.tensor([0.0, 0.0, 0.01])
    right = gridpull_paper.pulling(height, queries, points)
    wrong = gridpull_paper.pulling(height + 0.1, queries, points)
    assert float(right) == pytest.approx(0.0, abs=1e-4)
    assert float(wrong) > 0.1
