"""Tests of rules that hold for the whole repository."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import subprocess
import tomllib
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from caddis.app.cli import parse
from caddis.geometry import errors

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "data", "generation", "geometry")
MEGABYTE = 2**20


@cache
def tracked() -> tuple[Path, ...]:
    """Return the files of the checkout, or skip where there is no git."""
    try:
        listed = subprocess.run(
            [shutil.which("git") or "git", "ls-files", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    paths = (ROOT / name for name in listed.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


@cache
def modules() -> tuple[Path, ...]:
    found = sorted((ROOT / "caddis").rglob("*.py"))
    for package in PACKAGES:
        found += sorted((ROOT / package).rglob("*.py"))
    return tuple(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> set[str]:
    """Return every name and attribute that a module mentions."""
    nodes = list(ast.walk(tree(path)))
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }


def called(path: Path) -> set[str]:
    """Return every plain name that a module calls."""
    return {
        node.func.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


def leaves() -> list[str]:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and issubclass(value, errors.CaddisError)
    ]
    return [one.__name__ for one in classes if not one.__subclasses__()]


def readme_commands() -> list[list[str]]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^(?: {4})?(?:\$ )?((?:\.venv/bin/)?caddis .+)$", text, flags=re.MULTILINE)
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_no_module_is_longer_than_500_lines() -> None:
    python = [*modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in python
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 500
    }
    assert too_long == {}


def test_every_module_says_what_it_is_for() -> None:
    assert [str(path) for path in modules() if not ast.get_docstring(tree(path))] == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    pattern = re.compile(rb"(?<![\w.~-])/(?:home|root|Users|work|mnt)/\w")
    binary = {".parquet", ".safetensors", ".png", ".npz", ".npy"}
    guilty = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix not in binary and path.stat().st_size < 4 * MEGABYTE
        if pattern.search(path.read_bytes())
    ]
    assert guilty == []


def test_only_app_imports_gradio() -> None:
    def imports(path: Path) -> set[str]:
        found = set()
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
        return found

    outside = [path for path in modules() if path.relative_to(ROOT).parts[0] != "app"]
    assert [str(path) for path in outside if "gradio" in imports(path)] == []


@pytest.mark.parametrize("leaf", leaves())
def test_every_error_is_raised_somewhere_and_tested(leaf: str) -> None:
    own = Path(errors.__file__)
    assert any(leaf in called(path) for path in modules() if path != own), f"{leaf} is not raised"
    tests = (path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__))
    assert any(leaf in named(path) for path in tests), f"no test names {leaf}"


def test_the_checkout_stays_small() -> None:
    sizes = {path: path.stat().st_size for path in tracked()}
    assert [str(path) for path, size in sizes.items() if size > 16 * MEGABYTE] == []
    assert sum(sizes.values()) < 50 * MEGABYTE


def test_every_folder_of_assets_states_its_licence() -> None:
    folders = {path.parent for path in tracked() if path.is_relative_to(ROOT / "assets")}
    assert folders
    silent = [
        str(folder)
        for folder in folders
        if not any(
            re.search(r"licen[cs]e", page.read_text(encoding="utf-8"), flags=re.IGNORECASE)
            for page in [*folder.glob("*.md"), *folder.glob("LICEN[CS]E*")]
        )
    ]
    assert silent == []


def test_the_readme_shows_commands() -> None:
    assert len(readme_commands()) >= 5


@pytest.mark.parametrize("arguments", readme_commands(), ids=" ".join)
def test_every_command_of_the_readme_exists(arguments: list[str]) -> None:
    assert parse(arguments)


def test_every_installed_dependency_has_the_pinned_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = {
        canonicalize_name(name): pin
        for name, _, pin in (line.partition("==") for line in lines if not line.startswith("#"))
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    seen: set[str] = set()
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if name in seen or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        seen.add(name)
        try:
            found = version(name).partition("+")[0]
        except PackageNotFoundError:  # an extra of a dependency's extra, not asked for
            continue
        assert pins.get(name) == found, f"constraints.txt pins {name} to {pins.get(name)}"
        waiting += requires(name) or []
    assert {"numpy", "torch", "trimesh"} <= seen
