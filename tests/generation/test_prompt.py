"""Texts as people write them: lengths become sizes, slips are mended, unknown objects refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.prompt import Prompt, read_prompt
from caddis.geometry.errors import CaddisError, ConfigError, UnknownWordError

NOUNS = {"table", "chair", "vase", "stool", "coffee", "lamp", "cat", "hook", "wall"}
WORDS = NOUNS | {"round", "tall", "thin", "wooden", "legs", "leg", "handle", "narrow", "wide"}


def nearest(word: str) -> Sequence[str]:
    return ["cat", "vase", "stool", "lamp"]


def read(text: str, *, anyway: bool = False) -> Prompt:
    return read_prompt(text, WORDS, NOUNS, nearest, anyway=anyway)


@pytest.mark.parametrize(
    ("text", "plain", "lengths"),
    [
        ("a vase 200 mm tall", "a vase", {"height_mm": 200.0}),
        ("a 20cm-tall vase", "a vase", {"height_mm": 200.0}),
        ("a table, 8 inches wide", "a table", {"wide_mm": 203.2}),
        ('a table 8" wide and 1.5 m long', "a table and", {"wide_mm": 203.2, "longest_mm": 1500.0}),
        ("a 10 cm stool", "a stool", {"longest_mm": 100.0}),
        ("a table of 2,5 feet in height", "a table of", {"height_mm": 762.0}),
        ("a stool with 3 legs", "a stool with 3 legs", {}),
        ("a table in 2 parts", "a table in 2 parts", {}),
    ],
)
def test_lengths_become_sizes(text: str, plain: str, lengths: dict[str, float]) -> None:
    found = read_prompt(text, WORDS | {"parts"}, NOUNS, nearest)
    assert found.text == plain
    assert found.lengths_mm == pytest.approx(lengths)


def test_a_slip_of_the_pen_is_mended_and_said() -> None:
    found = read("a round cofee tabel")
    assert found.text == "a round coffee table"
    assert found.notes == ("read 'cofee' as 'coffee'", "read 'tabel' as 'table'")


def test_an_unknown_object_is_refused_with_what_is_near() -> None:
    with pytest.raises(UnknownWordError, match="cat, vase, stool"):
        read("a wombat with legs")
    assert "'wombat' is unknown" in read("a wombat with legs", anyway=True).notes[0]


def test_an_unknown_adjective_or_detail_is_said_to_have_no_effect() -> None:
    for text in ("an ergonomic chair", "a chair with filigree"):
        assert "no sure effect" in read(text).notes[0]


@pytest.mark.parametrize("text", ["a chair and a table", "a lamp next to a wooden chair"])
def test_two_objects_are_refused(text: str) -> None:
    with pytest.raises(ConfigError, match="two objects"):
        read(text)


@pytest.mark.parametrize("text", ["a table with legs and a handle", "a round and tall vase"])
def test_an_and_between_details_is_fine(text: str) -> None:
    assert read(text).text == text


def test_a_height_stated_twice_is_refused() -> None:
    with pytest.raises(ConfigError, match="height twice"):
        read("a vase 20 cm tall, 30 cm high")


@given(st.text(max_size=300))
def test_whatever_is_written_is_read_or_refused_in_words(text: str) -> None:
    try:
        read(text)
    except CaddisError as error:
        assert str(error)
