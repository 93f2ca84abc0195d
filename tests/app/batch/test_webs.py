"""Webs in a batch: made, checked, kept as graphs too, and the same bytes in any order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from caddis.app.batch.jobs import read_jobs
from caddis.app.cli import main
from caddis.app.making.made import UNKNOWN_LICENCE
from caddis.geometry.webs.files import read_web, write_web
from tests.app.batch.test_run import Serial, contents
from tests.geometry.webs.webs import cube

PRINT = {"web": "cube.csv", "diameter_mm": 1.2, "fineness": 2.5, "size_mm": 15.0}
ROWS = [
    {"id": "one", **PRINT, "nodes": 8, "formats": "stl"},
    {"id": "row", **PRINT, "curve": "formula", "x": "30*t", "y": "t", "z": "t", "end": 1,
     "samples": 2, "base": "plate"},
    {"id": "none", **PRINT, "nodes": 3, "mean_degree": 7},
    {"id": "cut", **PRINT, "model": "autoregressive"},
]  # fmt: skip


@pytest.fixture
def jobs(tmp_path: Path) -> Path:
    write_web(cube(20.0), tmp_path / "cube.csv")
    path = tmp_path / "jobs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    return path


def run(jobs: Path, out: Path, monkeypatch: pytest.MonkeyPatch, engine: Serial) -> int:
    monkeypatch.setattr("caddis.app.commands.batch.Batch._engine", lambda *_: engine)
    return main(["batch", str(jobs), "--out", str(out), "--quiet", "--height-mm", "40"])


def test_webs_are_made_and_impossible_ones_set_aside(
    jobs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    assert run(jobs, out, monkeypatch, Serial()) == 1
    rows = {
        row["item"]: row
        for row in map(json.loads, (out / "reports.jsonl").read_text().splitlines())
    }
    assert [rows[name]["verdict"] for name in ("none", "cut")] == ["bad", "bad"]
    assert "Possible here: 1.33333 to 2" in rows["none"]["reason"]
    assert "options of the model pieces" in rows["cut"]["reason"]
    for name, ending in (("one", "stl"), ("row", "3mf")):
        assert set(rows[name]["files"]) == {
            f"meshes/{name}.{ending}", f"meshes/{name}.{ending}.json", f"webs/{name}.json",
            f"pictures/{name}.png",
        }  # fmt: skip
        assert rows[name]["report"]["gate"]["is_solid"]
        assert rows[name]["report"]["licence"] == UNKNOWN_LICENCE  # made from a user's file
    assert len(read_web(out / "webs/one.json").nodes) == 8
    assert len(read_web(out / "webs/row.json").nodes) > 8
    record = json.loads((out / "meshes/row.3mf.json").read_text())
    assert record["assembly"]["samples"] == record["web"]["count"] == 2
    assert record["print"]["base"] == "plate"
    assert ">graph</a>" in (out / "index.html").read_text(encoding="utf-8")
    assert run(jobs, again, monkeypatch, Serial(backwards=True)) == 1
    assert contents(out) == contents(again)


def test_a_changed_web_is_made_again(
    jobs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.write_text(json.dumps(ROWS[0]))
    for size, wanted in ((20.0, ["one"]), (20.0, []), (30.0, ["one"])):
        write_web(cube(size), tmp_path / "cube.csv")
        engine = Serial()
        run(jobs, tmp_path / "out", monkeypatch, engine)
        assert engine.done == wanted


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"model": "pieces", "text": "a web"}, "for a web has no field 'text'"),
        ({"model": "pieces", "height_mm": 40}, "for a web has no field 'height_mm'"),
        ({"nodes": 40, "turns": 3}, "turns needs a curve"),
        ({"curve": "helix", "edge_length_mm": 3}, "along a curve"),
        ({"nodes": "many"}, "nodes must be a whole number from 2 to 64"),
        ({"model": "pieces", "orientation": "1 0"}, "orientation must be 3 numbers"),
        ({"model": "pieces", "lie_flat": "perhaps"}, "lie_flat must be true or false"),
        ({"image": "cat.png"}, "takes no images"),
    ],
)
def test_a_bad_line_says_why(row: dict[str, object], problem: str, tmp_path: Path) -> None:
    path = tmp_path / "jobs.jsonl"
    path.write_text(json.dumps({"id": "a", **row}))
    (job,) = read_jobs(path)
    assert problem in job.problem


def test_csv_can_hold_every_option_of_a_web(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text(
        "id,model,nodes,orientation,lie_flat,curve,path,seed\n"
        'w,pieces,20,"0.5, 0.3, 0.2",yes,polyline,way.txt,4\n'
    )
    (job,) = read_jobs(path, {"height_mm": 30.0, "process": "sla"})
    assert (job.kind, job.seed, job.problem) == ("web", 4, "")
    assert job.options == {
        "model": "pieces", "nodes": 20, "orientation": (0.5, 0.3, 0.2), "lie_flat": True,
        "curve": "polyline", "path": str(tmp_path / "way.txt"), "process": "sla",
    }  # fmt: skip
