"""Ray where it is missing or cannot be reached: one clear error."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.batch.ray_engine import RayEngine, _init
from app.cli import main
from geometry.errors import ConfigError
from tests.app.batch.fakes import task, work


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
    engine = RayEngine(work, 1, 60.0, address="127.0.0.1:1")
    with pytest.raises(ConfigError, match=r"refused.*--ray-address"):
        list(engine.run([task("a", tmp_path)]))


class Sluggish:
    """A Ray that starts at the given try."""

    def __init__(self, starts_at: int) -> None:
        self.starts_at, self.tries, self.stops = starts_at, 0, 0

    def init(self, **options: object) -> None:
        self.tries += 1
        if self.tries < self.starts_at:
            raise Exception("The current node timed out during startup.\nMore.")  # as Ray does

    def shutdown(self) -> None:
        self.stops += 1


def test_a_ray_of_our_own_that_is_slow_to_start_is_tried_again() -> None:
    ray = Sluggish(3)
    _init(ray, {"address": "local"})
    assert (ray.tries, ray.stops) == (3, 2)
    for address, tries in (("local", 3), ("auto", 1)):
        ray = Sluggish(9)
        with pytest.raises(ConfigError, match=r"timed out during startup\. \(--engine"):
            _init(ray, {"address": address})
        assert ray.tries == tries
