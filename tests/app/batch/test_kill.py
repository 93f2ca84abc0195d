"""A batch of 200 jobs, 10 of them bad, is killed three times: no item is lost or made twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
import trimesh

from tests.app.batch.test_run import contents

ROOT = Path(__file__).resolve().parents[3]
BAD = {"empty": b"", "text": b"hello", "cut": b"\0" * 80 + b"\xff\0\0\0"}


def write_jobs(folder: Path) -> Path:
    for number in range(190):
        size = (20.0 + number / 10, 20.0, 15.0)
        trimesh.creation.box(size).export(folder / f"box-{number}.stl")
    rows = [{"id": f"box-{n}", "scan": f"box-{n}.stl", "formats": "3mf"} for n in range(190)]
    for name, content in BAD.items():
        (folder / f"{name}.stl").write_bytes(content)
        rows.insert(60, {"id": name, "scan": f"{name}.stl"})
    rows.insert(9, {"id": "gone", "scan": "gone.stl"})
    rows.insert(30, {"id": "box-1", "scan": "box-1.stl"})
    rows += [{"id": f"no-{n}", "scan": "box-1.stl", "height_mm": n - 3} for n in range(3)]
    rows += [{"id": "../up"}, {"id": "odd", "count": 0}]
    path = folder / "jobs.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert len(rows) == 200
    return path


def start(jobs: Path, out: Path, engine: str, workers: int = 2) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "caddis", "batch", str(jobs), "--out", str(out), "--quiet"]
    command += ["--workers", str(workers), "--engine", engine]
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def lines(out: Path) -> int:
    journal = out / "journal.jsonl"
    return journal.read_bytes().count(b"\n") if journal.exists() else 0


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_jobs(tmp_path_factory.mktemp("jobs"))


@pytest.fixture(scope="module")
def undisturbed(jobs: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("calm")
    assert start(jobs, out, "local").wait() == 1
    return contents(out)


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("engine", ["local", "ray"])
def test_a_killed_batch_loses_no_item_and_makes_none_twice(
    engine: str, jobs: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    if engine == "ray" and find_spec("ray") is None:
        pytest.skip("needs the extra 'ray'")
    rough = tmp_path / "rough"
    for goal, whole_group in (30, False), (90, True), (150, False):
        run = start(jobs, rough, engine)
        while lines(rough) < goal:
            assert run.poll() is None
            time.sleep(0.02)
        if whole_group:
            os.killpg(run.pid, signal.SIGKILL)
        else:
            run.kill()
        run.wait()
    assert start(jobs, rough, engine).wait() == 1
    assert lines(rough) == 200
    rows = [
        json.loads(line)
        for line in (rough / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["verdict"] for row in rows].count("good") == 190
    assert len([row["reason"] for row in rows if row["verdict"] == "bad" and row["reason"]]) == 10
    assert contents(rough) == undisturbed
    assert len(list((rough / "meshes").glob("*.3mf"))) == 190


MODELS = [
    {"id": "web", "model": "autoregressive", "nodes": 12, "size_mm": 20, "diameter_mm": 1.2,
     "fineness": 2.5},
    {"id": "chair", "category": "chair", "resolution": 32, "faces": 2000, "candidates": 1},
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_models_make_survives_a_kill_too(tmp_path: Path) -> None:
    jobs, calm, rough = tmp_path / "jobs.jsonl", tmp_path / "calm", tmp_path / "rough"
    jobs.write_text("".join(json.dumps(row) + "\n" for row in MODELS))
    assert start(jobs, calm, "local", workers=1).wait() == 0
    run = start(jobs, rough, "local", workers=1)
    while lines(rough) < 1:
        assert run.poll() is None
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)  # with the web done, and the chair begun
    run.wait()
    assert lines(rough) == 1
    assert start(jobs, rough, "local", workers=1).wait() == 0
    assert lines(rough) == 2
    assert contents(rough) == contents(calm)
