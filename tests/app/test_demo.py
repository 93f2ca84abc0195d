"""The options of `caddis demo` that matter for safety."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from caddis.app.cli import main, parse
from caddis.app.commands.demo import Demo, read_users
from caddis.geometry.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_for_this_computer_by_default() -> None:
    demo = parse(["demo"])
    assert isinstance(demo, Demo)
    assert demo.host == "127.0.0.1"
    assert not demo.share
    assert demo.auth is None


def test_users_are_read_and_passwords_may_hold_colons(tmp_path: Path) -> None:
    path = tmp_path / "users"
    path.write_text("ann:a:b\n\nbob:c\n")
    assert read_users(path) == {"ann": "a:b", "bob": "c"}


@pytest.mark.parametrize("content", ["", "ann", "ann:", ":secret", "ann:ok\nsecret-line"])
def test_a_bad_file_of_users_is_refused_without_repeating_it(
    content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "users"
    path.write_text(content)
    with pytest.raises(ConfigError):
        read_users(path)
    assert main(["demo", "--auth", str(path)]) == 2
    assert "secret" not in capsys.readouterr().err


def test_a_missing_file_of_users_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_users(tmp_path / "none")


@pytest.mark.slow
def test_a_stopped_service_leaves_no_files_of_visitors(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "caddis", "demo", "--port", "0"]
    settings = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert any("Caddis is at" in line for line in process.stdout)
        assert list(tmp_path.glob("caddis-demo-*"))
        process.terminate()
        assert process.wait(60) == 130
    assert not list(tmp_path.glob("caddis-demo-*"))
