"""Options refuse what is outside their declared types, convert what means the same, and say why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from annotated_types import Interval, MaxLen
from hypothesis import given
from hypothesis import strategies as st

from caddis.geometry.errors import ConfigError
from caddis.geometry.options.checked import (
    Checked,
    checked_arguments,
    choices,
    described,
    limits,
)
from caddis.geometry.options.kinds import Positive


@dataclass(frozen=True, kw_only=True)
class Options(Checked):
    """Options of a test."""

    count: Annotated[int, Interval(ge=1, le=9)] = 1
    """How many
    things."""
    height: Annotated[float | None, Interval(gt=0, le=10)] = None
    """How tall."""
    name: Annotated[str | None, MaxLen(5)] = None
    kind: Literal["round", "square"] | None = None
    """What kind."""
    path: Path | None = None
    loud: bool = False
    shares: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True)
class More(Options):
    """Options with others in them."""

    inner: Options = Options()
    """The others."""


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("count", 0, "count must be a whole number from 1 to 9, not 0"),
        ("count", 1.5, "count must be a whole number"),
        ("count", None, "not None"),
        ("count", True, "not True"),
        ("count", "three", "not 'three'"),
        ("height", 0.0, "height must be a number above 0, at most 10 or left out"),
        ("height", float("nan"), "not nan"),
        ("height", [1], "not [1]"),
        ("name", ["a"], "name must be text of at most 5 characters"),
        ("name", "x" * 1000, "str of that length"),
        ("kind", "oval", "kind must be one of round, square"),
        ("path", 5, "path must be a path"),
        ("loud", "perhaps", "loud must be true or false"),
        ("shares", (1.0,), "shares must be 2 numbers"),
    ],
)
def test_wrong_types_and_values_are_refused_in_words(field: str, value: object, says: str) -> None:
    with pytest.raises(ConfigError) as refused:
        Options(**{field: value})  # type: ignore[arg-type]
    assert says in str(refused.value)


def test_what_means_the_same_is_converted() -> None:
    made = Options(count=np.int64(7), height="2.5", path="a/b", loud="yes", shares=[1, 2])  # type: ignore[arg-type]
    assert made == Options(count=7, height=2.5, path=Path("a/b"), loud=True, shares=(1.0, 2.0))
    assert type(made.count) is int


@given(st.integers())
def test_exactly_the_declared_numbers_pass(count: int) -> None:
    if 1 <= count <= 9:
        assert Options(count=count).count == count
    else:
        with pytest.raises(ConfigError):
            Options(count=count)


def test_options_in_options_are_options() -> None:
    assert More(inner=Options(count=3)).inner.count == 3
    with pytest.raises(ConfigError):
        More(inner={"count": 3})  # type: ignore[arg-type]


def test_limits_choices_and_texts_can_be_asked_for() -> None:
    assert limits(Options, "count") == (1, 9)
    assert limits(Options, "height") == (0, 10)
    assert limits(Options, "loud") == (None, None)
    assert choices(Options, "kind") == ("round", "square")
    assert described(More) == {
        "count": "How many things.", "height": "How tall.", "kind": "What kind.",
        "inner": "The others.",
    }  # fmt: skip


@checked_arguments
def cut(count: Annotated[int, Interval(ge=1)], *, sides: tuple[Positive, Positive] = (1, 2)) -> str:
    """Cut."""
    return f"{count} {sides}"


def test_a_function_checks_and_converts_its_arguments() -> None:
    assert cut("7", sides=[3, 4]) == "7 (3.0, 4.0)"  # type: ignore[arg-type]
    assert cut(1) == "1 (1, 2)"
    assert cut.__doc__ == "Cut."


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"count": 0}, "count must be a whole number of at least 1, not 0"),
        ({"count": 1, "sides": (1, 0)}, "sides must be 2 numbers above 0, not (1, 0)"),
        ({"count": 1, "sides": "ab"}, "sides must be 2 numbers above 0, not 'ab'"),
    ],
)
def test_a_function_says_which_argument_is_wrong(given: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(says)):
        cut(**given)


def test_an_argument_without_a_parameter_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        cut(1, colour="red")  # type: ignore[call-arg]
