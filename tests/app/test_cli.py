"""The command line: fast help, one line per error, exit codes, no incomplete files."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from caddis.app import cli
from caddis.app.commands.base import Command
from caddis.app.commands.check import Check
from caddis.app.commands.generate import Generate
from caddis.app.commands.train import TrainAll, TrainTokenizer
from caddis.geometry.errors import CaddisError, OutputError

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = ("torch", "numpy", "trimesh", "scipy", "skimage", "matplotlib", "pyarrow", "open3d", "rich")


@dataclass(frozen=True, kw_only=True)
class Failing(Command):
    error: BaseException

    def run(self) -> int:
        raise self.error


def run_with(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(cli, "parse", lambda _: Failing(error=error))
    return cli.main([])


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-X", "utf8", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_help_names_every_command() -> None:
    shown = python("-m", "caddis", "--help")
    assert shown.returncode == 0
    for name in ("generate", "reconstruct", "check", "repair", "data", "train", "showcase"):
        assert f"• {name}" in shown.stdout


def test_no_heavy_library_is_imported_before_a_command_runs() -> None:
    code = (
        "import sys, caddis, caddis.app.cli\n"
        "caddis.app.cli.parse(['generate', '--text', 'stool'])\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    assert python("-c", code).stdout.strip() == "[]"


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main([])
    assert exit_.value.code == 0
    assert "generate" in capsys.readouterr().out


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    import caddis

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"caddis {caddis.__version__}\n"


def test_an_unknown_option_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["generate", "--colour", "red"]) == 2
    assert "there is no option --colour" in capsys.readouterr().err
    assert cli.main(["generate", "--cout", "3"]) == 2
    assert capsys.readouterr().err == (
        "caddis: error: there is no option --cout. Did you mean --count?\n"
    )


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (OutputError("no", "a.stl", "Mend\nit."), 2, "caddis: error: no (a.stl). Mend it."),
        (FileNotFoundError(2, "No such file", "x"), 2, "caddis: error: No such file (x)"),
        (KeyboardInterrupt(), 130, "caddis: interrupted"),
        (CaddisError("what"), 2, "caddis: error: what"),
    ],
)  # fmt: skip
def test_an_error_is_one_line_and_a_code(
    error: BaseException,
    code: int,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_with(error, monkeypatch) == code
    assert capsys.readouterr().err == line + "\n"


def test_an_unexpected_error_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        run_with(ZeroDivisionError(), monkeypatch)


def test_a_closed_pipe_gives_no_traceback() -> None:
    script = (
        "import sys\n"
        "from app import cli\n"
        "class Talking:\n"
        "    verbose = False\n"
        "    def run(self):\n"
        "        for _ in range(100_000):\n"
        "            print('line' * 10)\n"
        "        return 0\n"
        "cli.parse = lambda _: Talking()\n"
        "sys.exit(cli.main([]))\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"line" * 10 + b"\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 2


def test_options_reach_the_command() -> None:
    command = "generate --text stool --seed 7 --out lamps/ --format stl glb"
    parsed = cli.parse(command.split())
    assert parsed == Generate(text="stool", seed=7, out=Path("lamps"), formats=("stl", "glb"))
    assert cli.parse(["check", "x.stl", "-v"]) == Check(file=Path("x.stl"), verbose=True)


def test_train_alone_trains_both_models() -> None:
    assert cli.parse(["train"]) == TrainAll()
    parsed = cli.parse(["train", "tokenizer", "--steps", "5", "--device", "cpu"])
    assert isinstance(parsed, TrainTokenizer)
    assert (parsed.training.steps, parsed.training.device) == (5, "cpu")
