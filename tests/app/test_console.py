"""Tables show text unchanged, and statuses in colour."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.app.console import coloured, output, plain_console, table

WORDS = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=20)


def drawn(renderable: object) -> str:
    paper = io.StringIO()
    plain_console(file=paper, width=200).print(renderable)
    return paper.getvalue()


@given(WORDS)
def test_words_are_shown_as_they_were_typed(words: str) -> None:
    assert words in drawn(table("", ("words",), [(words,)]))


def test_markup_in_words_is_not_interpreted() -> None:
    shown = drawn(table("a [b] title", ("words",), [("[/] [red]chair[/red] :chair:",)]))
    assert "[/] [red]chair[/red] :chair:" in shown
    assert "a [b] title" in shown


def test_numbers_are_set_to_the_right_and_short() -> None:
    rows = drawn(table("", ("n",), [(1.23456,), (12345.6,)])).splitlines()
    assert any("│  1.23 │" in row for row in rows)
    assert any("│ 12346 │" in row for row in rows)


def test_a_status_has_its_colour() -> None:
    assert coloured("fail").style == "red"
    assert coloured("chair").style == ""


def test_a_pipe_gets_wide_tables(capsys: pytest.CaptureFixture[str]) -> None:
    long = "a very long description of an object " * 3
    output().print(table("", ("words", "n"), [(long, 1)]))
    assert long.strip() in capsys.readouterr().out
