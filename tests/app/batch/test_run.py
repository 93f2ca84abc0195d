"""A whole batch of scans: its results, which interruptions must not change by a byte."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import lib3mf
import pytest
import trimesh

from caddis.app.batch.journal import Outcome
from caddis.app.batch.work import Task, do
from caddis.app.cli import main
from caddis.geometry.files.mesh_io import load_mesh

SIDES = (20.0, 24.0, 28.0, 60.0)


class Serial:
    """An engine without processes that can reverse the order of tasks, and stop after some."""

    def __init__(self, *, backwards: bool = False, stop_after: int = 10**9) -> None:
        self._backwards, self._stop_after = backwards, stop_after
        self.done: list[str] = []

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        for task in tasks[:: -1 if self._backwards else 1]:
            if len(self.done) == self._stop_after:
                raise KeyboardInterrupt
            self.done.append(task.item.name)
            yield do(task)


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scans")
    for side in SIDES:
        trimesh.creation.box((side, 20.0, 10.0)).export(folder / f"box-{side:g}.stl")
    (folder / "broken.stl").write_bytes(b"solid nothing")
    return folder


def batch(
    scans: Path, out: Path, monkeypatch: pytest.MonkeyPatch, engine: Serial, *options: str
) -> int:
    monkeypatch.setattr("caddis.app.commands.batch.Batch._engine", lambda *_: engine)
    return main(["batch", str(scans), "--out", str(out), *options])


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "journal.jsonl")
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_a_batch_leaves_files_reports_pictures_and_a_page(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert batch(scans, tmp_path, monkeypatch, Serial(), "--formats", "3mf", "stl", "--quiet") == 1
    rows = [
        json.loads(line)
        for line in (tmp_path / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["item"] for row in rows] == sorted(path.name for path in scans.iterdir())
    assert [row["verdict"] for row in rows].count("good") == len(SIDES)
    (bad,) = [row for row in rows if row["verdict"] == "bad"]
    assert bad["item"] == "broken.stl"
    assert "STL" in bad["reason"]
    assert load_mesh(tmp_path / "meshes" / "box-20.stl.3mf").extents == pytest.approx([20, 20, 10])
    record = json.loads((tmp_path / "meshes" / "box-20.stl.3mf.json").read_text(encoding="utf-8"))
    assert record["gate"]["status"] == "pass"
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    named = {f"pictures/{row['item']}.png" for row in rows if row["verdict"] == "good"}
    assert all(name in page and (tmp_path / name).is_file() for name in named | {"sheet-1.png"})
    assert bad["reason"].split(" (")[0] in page


def test_order_and_interruptions_change_no_byte_and_nothing_is_done_twice(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm, rough = tmp_path / "calm", tmp_path / "rough"
    assert batch(scans, calm, monkeypatch, Serial(), "--quiet", "--plate", "mini") == 1
    done: list[str] = []
    (rough / "meshes").mkdir(parents=True)
    (rough / "meshes" / ".box-20.stl-0a1b2c3d.3mf").touch()  # a temporary file of a killed run
    for stop in (1, 2, 10**9):
        engine = Serial(backwards=True, stop_after=stop)
        code = batch(scans, rough, monkeypatch, engine, "--quiet", "--plate", "mini")
        assert code == (1 if stop == 10**9 else 130)
        done += engine.done
    assert sorted(done) == sorted(path.name for path in scans.iterdir())
    assert contents(rough) == contents(calm)


def test_bad_items_are_tried_again_on_request_only(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch(scans, tmp_path, monkeypatch, Serial(), "--quiet")
    for options, wanted in ((), []), (("--retry",), ["broken.stl"]):
        engine = Serial()
        batch(scans, tmp_path, monkeypatch, engine, "--quiet", *options)
        assert engine.done == wanted


def test_a_changed_job_is_made_again_and_the_others_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "ab":
        trimesh.creation.box((20.0, 20.0, 20.0)).export(tmp_path / f"{name}.stl")
    jobs = tmp_path / "jobs.csv"
    for height, wanted in (30, ["a", "b"]), (40, ["b"]):
        jobs.write_text(f"id,scan,height_mm\na,a.stl,20\nb,b.stl,{height}\n")
        engine = Serial()
        assert batch(jobs, tmp_path / "out", monkeypatch, engine, "--quiet") == 0
        assert engine.done == wanted
    assert load_mesh(tmp_path / "out/meshes/b.3mf").extents[2] == pytest.approx(40.0)


def test_json_lines_report_every_item_and_the_end(
    scans: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    batch(scans, tmp_path, monkeypatch, Serial(), "--json-lines")
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["start", *["item"] * 5, "end"]
    assert events[-2]["done"] == events[-2]["of"] == 5
    assert events[-1] == {"event": "end", "good": 4, "failed": 0, "bad": 1, "plates": 0}


def test_a_plate_holds_what_fits_without_touching(
    scans: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert batch(scans, tmp_path, monkeypatch, Serial(), "--quiet", "--plate", "70x45") == 1
    plates = sorted((tmp_path / "plates").iterdir())
    model = lib3mf.get_wrapper().CreateModel()
    reader = model.QueryReader("3mf")
    reader.SetStrictModeActive(True)
    reader.ReadFromFile(str(plates[0]))
    assert reader.GetWarningCount() == 0
    bodies = [body for plate in plates for body in load_mesh(plate).split()]
    assert len(bodies) == len(SIDES)
    for body in bodies:
        assert body.bounds[0][2] == pytest.approx(0.0)
        assert (body.bounds[0][:2] >= 5.0 - 1e-3).all()
        assert (body.bounds[1][:2] <= [65.0 + 1e-3, 40.0 + 1e-3]).all()
    assert batch(scans, tmp_path, monkeypatch, Serial(), "--quiet", "--plate", "50x50") == 1
    assert "larger than the bed: box-60.stl" in (tmp_path / "index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--plate", "huge"], "no printer bed"),
        (["--plate", "5x5"], "no printer bed"),
        (["--workers", "-1"], "workers must be"),
        (["--timeout-s", "0"], "timeout_s must be a number above 0"),
    ],
)
def test_options_out_of_range_are_one_line_and_no_file(
    scans: Path, tmp_path: Path, options: list[str], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["batch", str(scans), "--out", str(tmp_path / "out"), *options]) == 2
    assert what in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_two_processes_make_the_same_bytes_as_one(scans: Path, tmp_path: Path) -> None:
    for workers in "12":
        out = str(tmp_path / workers)
        assert main(["batch", str(scans), "--out", out, "--workers", workers, "--quiet"]) == 1
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
