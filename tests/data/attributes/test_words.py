import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.data.attributes import words
from caddis.data.attributes.words import draw_caption, sayings
from caddis.geometry.errors import DataError

TABLE = {"legs": 3, "top": "round", "tall": False, "low": True, "back": False, "holes": 0}


def drawn(category, nouns, attributes, count=300, seed=0):
    rng = np.random.default_rng(seed)
    return [draw_caption(category, nouns, attributes, rng) for _ in range(count)]


def said(category, attributes):
    return {one.attribute for one in sayings(category, attributes)}


def test_only_what_suits_the_category_is_said():
    assert said("table", TABLE) == {"legs", "top", "low"}
    assert said("chair", TABLE) == {"legs", "back", "low"}
    assert said("rock", TABLE) == {"low"}


def test_absence_is_said_only_where_one_would_expect_the_part():
    assert said("cup", {"handles": 0}) == {"handles"}
    assert said("lamp_shade", {"handles": 0, "open": False}) == set()
    assert any(
        "without" in one or "no arm" in one for one in drawn("chair", ["chair"], {"arms": False})
    )


def test_a_word_relative_to_the_category_takes_the_place_of_the_absolute_one():
    assert said("bottle", {"height": "short", "tall": True, "slender": True}) == {"height"}
    assert not any(
        "tall" in one for one in drawn("bottle", ["bottle"], {"height": "short", "tall": True})
    )


def test_captions_say_what_is_there_in_many_wordings():
    captions = drawn("table", ["table", "small table"], TABLE)
    assert len(set(captions)) > 80
    joined = " | ".join(captions)
    for wording in ("round table", "with a circular top", "three-legged", "on three legs", "low"):
        assert wording in joined
    for false in ("tall", "four", "square", "without", "hole"):
        assert false not in joined


def test_numbers_and_parts_have_their_names():
    assert "with four shelves" in drawn("bookcase", ["bookcase"], {"levels": 4}, 400)
    assert any("hexagonal seat" in one for one in drawn("stool", ["stool"], {"top": "hexagonal"}))
    assert any("one shelf" in one for one in drawn("shelf", ["shelf"], {"levels": 1}))


def test_some_captions_have_no_noun_and_those_without_attributes_are_the_noun():
    captions = drawn("table", ["table"], TABLE, 2000)
    assert any("table" not in one for one in captions)
    assert set(drawn("rock", ["boulder"], {})) == {"boulder", "a boulder"}
    assert set(drawn("", [], {})) == {""}


@given(st.integers(0, 10**6))
def test_the_same_state_gives_the_same_caption(seed):
    assert drawn("table", ["table"], TABLE, 3, seed) == drawn("table", ["table"], TABLE, 3, seed)


@given(st.integers(0, 10**6))
def test_captions_are_clean_text(seed):
    (caption,) = drawn("chair", ["ladder-back chair"], {**TABLE, "arms": True}, 1, seed)
    assert re.fullmatch(r"[A-Za-z][A-Za-z,' -]*[a-z]", caption)
    assert "  " not in caption
    assert " a a" not in f" {caption}"


def test_every_wording_can_be_filled():
    table = tomllib.loads(Path(words.__file__).with_name("words.toml").read_text("utf-8"))
    for values in table.values():
        for entry in values.values():
            for text in (*entry.get("before", ()), *entry.get("after", ())):
                assert text.format(n="two", s="top")


def test_a_damaged_table_is_an_error_of_ours(tmp_path, monkeypatch):
    (tmp_path / "words.toml").write_text("not = [toml")
    monkeypatch.setattr(words, "_HERE", tmp_path)
    with pytest.raises(DataError, match=r"words\.toml"):
        words._read("words.toml")
