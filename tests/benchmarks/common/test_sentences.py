"""Vectors that stand for categories, and the words of sentences."""

import numpy as np
import pytest

from benchmarks.common.sentences import captioned, centres_of, unit, words_of
from caddis.data.sources.pack import OPENMIX


def test_rows_get_length_one_and_zeros_stay() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [
        pytest.approx([0.6, 0.8]), [0.0, 0.0]
    ]  # fmt: skip


def test_both_kinds_of_sentences_count_alike() -> None:
    across, up = np.array([[1.0, 0.0]], np.float32), np.array([[0.0, 2.0]] * 5, np.float32)
    assert centres_of([[across], [up]])[0] == pytest.approx(np.sqrt([0.5, 0.5]))


def test_words_are_those_of_three_letters_and_more() -> None:
    assert words_of(["A red chair", "an old CHAIR"]) == ["chair", "old", "red"]


def test_every_object_of_the_pack_has_a_category_and_captions() -> None:
    first = next(captioned(OPENMIX))
    assert set(first) == {"category", "split", "captions"}
