"""Captions: clean words, several phrasings, and sentences that never name the class."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.data import captions
from caddis.data.captions import (
    captions_for,
    described_categories,
    phrases,
    proportions,
    with_article,
)
from caddis.geometry.errors import DataError


def test_a_name_that_begins_with_its_noun_is_read_as_people_say_it():
    said = captions_for("table round small 2", "house interior pack", "table")
    assert said[0] == "round small table"
    assert "table, round and small" not in said[:1]
    assert any(caption.startswith("a round small") for caption in said)


def test_several_phrasings_of_one_stool():
    said = captions_for("round wooden stool", "", "stool")
    assert "a round wooden stool" in said
    assert "stool, round and wooden" in said


def test_digits_underscores_and_file_cruft_are_gone():
    said = " ".join(captions_for("props_crate_01_mat v2", "modular sci fi pack", "crate"))
    assert not re.search(r"[\d_]", said)
    assert not {"props", "mat"} & set(said.split())


def test_a_foreign_word_is_translated():
    assert captions_for("teck chair", "", "chair")[0] == "teak chair"


def test_rooms_and_packs_give_place_and_style():
    assert "a lamp for the bedroom" in captions_for("lamp", "Lights, Bedroom", "lamp")
    assert "a medieval axe" in captions_for("axe", "medieval weapons pack", "axe")


def test_a_name_that_is_another_word_than_the_class_says_both():
    assert "a taxi, a kind of car" in captions_for("taxi", "", "car")


def test_an_object_without_a_name_is_called_after_its_class():
    assert captions_for("", "", "coffee_table")[0] == "coffee table"
    assert captions_for("", "", "") == ()


def test_proportions_are_said_when_the_extents_are_known():
    assert "a tall slim vase" in captions_for("vase", "", "vase", extents=(0.3, 0.3, 1.0))
    assert proportions((1.0, 0.4, 0.2)) == "long low"
    assert proportions((0.5, 0.5, 0.5)) == ""


def test_articles():
    assert with_article("umbrella") == "an umbrella"
    assert with_article("uniform") == "a uniform"
    assert with_article("scissors") == "scissors"
    assert with_article("glass") == "a glass"


@given(
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(["", "chair", "coffee_table", "desk_lamp"]),
)
def test_between_three_and_eight_clean_captions_for_any_name(name: str, tags: str, kind: str):
    said = captions_for(name, tags, kind)
    assert said == captions_for(name, tags, kind)
    assert len(said) == 0 or 3 <= len(said) <= 8
    assert len(said) > 0 or not kind
    assert len(set(said)) == len(said)
    assert all(caption == caption.strip() and "  " not in caption for caption in said)


def test_sentences_do_not_name_their_class():
    for name in described_categories():
        plain = re.compile(rf"\b{name.replace('_', ' ')}s?\b")
        for sentence in (*phrases(name), *phrases(name, heldout=True)):
            assert not plain.search(sentence), (name, sentence)


def test_every_described_class_has_at_least_a_dozen_sentences():
    counts = [len(phrases(n)) + len(phrases(n, heldout=True)) for n in described_categories()]
    assert len(counts) >= 100
    assert min(counts) >= 12


def test_held_out_sentences_are_in_no_training_list():
    train = {sentence for name in described_categories() for sentence in phrases(name)}
    held = {s for name in described_categories() for s in phrases(name, heldout=True)}
    assert held
    assert not train & held


def test_a_class_without_sentences_has_none():
    assert phrases("no_such_class") == phrases("no_such_class", heldout=True) == ()


def test_a_damaged_table_is_an_error_that_names_the_file(monkeypatch, tmp_path):
    broken = tmp_path / "phrases.toml"
    broken.write_text("[sofa\n", encoding="utf-8")
    monkeypatch.setattr(captions, "PHRASES", broken)
    captions._phrases.cache_clear()
    with pytest.raises(DataError, match=r"phrases\.toml"):
        phrases("sofa")
    captions._phrases.cache_clear()
