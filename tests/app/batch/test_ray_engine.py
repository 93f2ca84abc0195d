"""Ray where it is missing or cannot be reached: one clear error."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import pytest

from caddis.app.batch.ray_engine import RayEngine, _connected, _init, _library
from caddis.app.cli import main
from caddis.geometry.errors import ConfigError
from tests.app.batch.fakes import task, work

ROOT = Path(__file__).resolve().parents[3]


def test_without_ray_the_extra_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    (tmp_path / "jobs.csv").write_text("id,scan\na,a.stl\n")
    out = tmp_path / "out"
    code = main(["batch", str(tmp_path / "jobs.csv"), "--out", str(out), "--engine", "ray"])
    assert code == 2
    assert "pip install -c constraints.txt -e '.[ray]'" in capsys.readouterr().err
    assert not out.exists()


def test_an_address_without_a_cluster_is_refused(tmp_path: Path) -> None:
    if find_spec("ray") is None:
        pytest.skip("needs the extra 'ray'")
    _library(own=True)  # later tests in this process start a private Ray
    engine = RayEngine(work, 1, 60.0, address="127.0.0.1:1")
    with pytest.raises(ConfigError, match=r"refused.*--ray-address"):
        list(engine.run([task("a", tmp_path)]))


class Running:
    """A Ray that somebody else started in this process."""

    stops = 0

    def is_initialized(self) -> bool:
        return True

    def shutdown(self) -> None:
        self.stops += 1


@pytest.mark.parametrize("address", [None, "auto"])
def test_a_ray_that_runs_in_this_process_already_is_not_used(address: str | None) -> None:
    ray = Running()
    with (
        pytest.raises(ConfigError, match="runs in this process already"),
        _connected(ray, 1, address),
    ):
        pass
    assert ray.stops == 0


def test_a_ray_that_was_imported_without_protection_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", ModuleType("ray"))
    monkeypatch.delenv("RAY_AUTH_TOKEN", raising=False)
    with pytest.raises(ConfigError, match="imported before"):
        RayEngine(work, 1, 60.0)
    assert "RAY_AUTH_TOKEN" not in os.environ
    RayEngine(work, 1, 60.0, address="auto")  # a cluster has its own protection


class Sluggish:
    """A Ray that starts only at the given attempt."""

    def __init__(self, starts_at: int) -> None:
        self.starts_at, self.tries, self.stops = starts_at, 0, 0

    def init(self, **options: object) -> None:
        self.tries += 1
        if self.tries < self.starts_at:
            raise Exception("The current node timed out during startup.\nMore.")  # as Ray does

    def shutdown(self) -> None:
        self.stops += 1


def test_a_private_ray_that_is_slow_to_start_is_tried_again() -> None:
    ray = Sluggish(3)
    _init(ray, {"address": "local"})
    assert (ray.tries, ray.stops) == (3, 2)
    for address, tries in (("local", 3), ("auto", 1)):
        ray = Sluggish(9)
        with pytest.raises(ConfigError, match=r"timed out during startup\. \(--engine"):
            _init(ray, {"address": address})
        assert ray.tries == tries


CLUSTER = """
import os, sys, time
from pathlib import Path
from caddis.app.batch.ray_engine import _library, _RayProcess
from tests.app.batch.fakes import task, work
os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "3")
ray = _library(own=True)
ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False,
         object_store_memory=100 * 2**20)
try:
    process = _RayProcess(ray, work, None)
    while process.receive() != "ready":
        time.sleep(0.1)
    process.send(task("a", Path(sys.argv[1])))
    while (outcome := process.receive()) is None:
        time.sleep(0.1)
    print("threads", outcome.report["threads"])
finally:
    ray.shutdown()
"""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_actors_compute_on_one_thread_whatever_the_environment_of_the_cluster(
    tmp_path: Path,
) -> None:
    if find_spec("ray") is None:
        pytest.skip("needs the extra 'ray'")
    command = [sys.executable, "-c", CLUSTER, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert run.stdout.splitlines()[-1:] == ["threads 1"], run.stderr
