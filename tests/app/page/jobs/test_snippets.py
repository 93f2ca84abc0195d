"""The command line and Python understand the commands and the code that results show."""

from __future__ import annotations

import ast
import shlex
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.app.cli import parse
from caddis.app.commands.generate import Generate
from caddis.app.making.options import CheckOptions, RepairOptions
from caddis.app.page.jobs.create_job import request_of
from caddis.app.page.jobs.snippets import create_snippets, file_snippets, plain
from caddis.generation.request import Request
from caddis.geometry.options.points import ReconstructOptions

ODD = "a \"round\" table; $(rm -rf) 'x' \\ #1"


def asked(request: Request) -> dict[str, object]:
    return {one.name: getattr(request, one.name) for one in fields(Request)}


@pytest.mark.parametrize(
    "options",
    [
        {"text": ODD, "seed": 7, "count": 1, "height_mm": 60.0},
        {"category": "chair", "seed": 0, "count": 3, "height_mm": 45.5, "process": "sla"},
        {"text": "x", "seed": 1, "height_mm": 12.566370614359172, "guidance": 1.23456789},
        {"text": "x", "seed": 2**40, "faces": 5000, "resolution": 96, "guidance": 2.5},
    ],
)
def test_the_command_has_the_same_options(options: dict[str, object]) -> None:
    request = request_of(options)
    command, python = create_snippets(request, [], item=0)
    parsed = parse(shlex.split(command, comments=True)[1:])
    assert isinstance(parsed, Generate)
    assert asked(parsed) == asked(request)
    call = next(
        node for node in ast.walk(ast.parse(python))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "caddis.generate"
    )  # fmt: skip
    given = {word.arg: ast.literal_eval(word.value) for word in call.keywords}
    assert given.get("text") == options.get("text")
    assert given["seed"] == options["seed"]


def test_a_varied_object_has_python_only() -> None:
    command, python = create_snippets(request_of({"seed": 1, "guidance": 3.0}), [5, 6], item=0)
    assert command == ""
    assert "start = [5, 6]" in python
    ast.parse(python)


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("check", CheckOptions(process="sla", height_mm=40.0)),
        ("repair", RepairOptions(process="sla", base=True)),
        ("reconstruct", ReconstructOptions(process="sla", height_mm=40.0, up="y", unit="cm")),
    ],
)
def test_commands_for_files_can_be_parsed(
    kind: str, options: CheckOptions | RepairOptions | ReconstructOptions
) -> None:
    command, python = file_snippets(kind, "a 'b'.stl", options)
    parsed = parse(shlex.split(command)[1:])
    for one in fields(options):
        assert getattr(parsed, one.name) == getattr(options, one.name)
    call = next(
        node for node in ast.walk(ast.parse(python))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == f"caddis.{kind}"
    )  # fmt: skip
    given = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
    assert type(options)(**given) == options


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_written_with_all_its_digits_and_no_exponent(value: float) -> None:
    said = plain(value)
    assert float(said) == value
    assert "e" not in said
