"""`caddis.run_batch`: what the command does, from Python, in a script without a guard."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import trimesh

import caddis
from caddis.app.cli import main

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    folder = tmp_path / "scans"
    folder.mkdir()
    for side in (20.0, 60.0):
        trimesh.creation.box((side, 20.0, 10.0)).export(folder / f"box-{side:g}.stl")
    return folder


def contents(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and path.name != "journal.jsonl")
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_python_and_the_command_make_the_same_bytes(scans: Path, tmp_path: Path) -> None:
    heard: list[str] = []
    result = caddis.run_batch(
        scans, tmp_path / "python", workers=1, height_mm=12, formats=["stl"], plate="mini",
        on_done=lambda one: heard.append(one.item),
    )  # fmt: skip
    assert [one.verdict for one in result.outcomes] == ["good", "good"]
    assert sorted(heard) == [one.item for one in result.outcomes]
    assert [plate.items for plate in result.plates] == [("box-20.stl", "box-60.stl")]
    command = ["batch", str(scans), "--out", str(tmp_path / "command"), "--workers", "1"]
    command += ["--height-mm", "12", "--formats", "stl", "--plate", "mini", "--quiet"]
    assert main(command) == 0
    assert contents(tmp_path / "python") == contents(tmp_path / "command")


def test_mappings_are_jobs_as_lines_are_and_a_second_run_makes_none_anew(
    scans: Path, tmp_path: Path
) -> None:
    jobs: list[dict[str, Any]] = [
        {"id": "a", "scan": scans / "box-20.stl", "formats": ("3mf", "stl")},
        {"id": "b", "scan": str(scans / "box-60.stl"), "up": "sideways"},
    ]
    result = caddis.run_batch(jobs, tmp_path / "out", workers=1)
    good, bad = result.outcomes
    assert (good.verdict, bad.verdict) == ("good", "bad")
    assert "up must be one of" in bad.reason
    assert {"meshes/a.3mf", "meshes/a.stl"} <= set(good.files)
    again: list[str] = []
    assert caddis.run_batch(
        iter(jobs), tmp_path / "out", on_done=lambda one: again.append(one.item)
    ) == result  # fmt: skip
    assert again == []


def test_a_script_without_a_guard_makes_its_batch_once(scans: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import caddis\n"
        "print('begun')\n"
        f"result = caddis.run_batch({str(scans)!r}, 'out', workers=2)\n"
        "print(result.count('good'))\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["begun", "2"]
