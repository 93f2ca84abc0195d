"""The text encoder: what it is shipped with, and what it does with bad text and bad files."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.text_encoder import ASSETS, CONFIG, TOKENIZER, VECTORS, TextEncoder
from caddis.geometry.errors import BrokenWeightsError, EmptyTextError, MissingWeightsError


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder.from_assets()


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    for name in (CONFIG, TOKENIZER, VECTORS):
        shutil.copy(ASSETS / name, tmp_path / name)
    return tmp_path


def nearest(encoder: TextEncoder, text: str, options: list[str]) -> str:
    return options[int(np.argmax(encoder.encode(options) @ encoder.encode([text])[0]))]


def test_a_sentence_without_the_class_name_lies_near_its_class(encoder):
    options = ["a sofa", "a car", "a bottle", "a tree", "a gun"]
    assert nearest(encoder, "a comfy place to sit for two", options) == "a sofa"
    assert nearest(encoder, "drive to work in it", options) == "a car"


def test_vectors_have_length_one_and_the_stated_width(encoder):
    vectors = encoder.encode(["a chair", "Two Lamps, please!"])
    assert vectors.shape == (2, encoder.dims)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_the_same_text_gives_the_same_bytes_in_any_company(encoder):
    alone = encoder.encode(["a round wooden stool"])[0]
    second = encoder.encode(["something quite different", "a round wooden stool"])[1]
    again = TextEncoder.from_assets().encode(["a round wooden stool"])[0]
    assert alone.tobytes() == second.tobytes() == again.tobytes()


def test_case_and_spaces_do_not_matter(encoder):
    plain, loud = encoder.encode(["a red chair", "  A RED   Chair "])
    assert plain.tobytes() == loud.tobytes()


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode([]).shape == (0, encoder.dims)


@pytest.mark.parametrize("text", ["", "   ", "1234", "!?%", "Стол", "桌子"])
def test_a_text_without_a_known_word_is_an_error(encoder, text):
    with pytest.raises(EmptyTextError, match="text"):
        encoder.encode(["a chair", text])


@given(text=st.text(max_size=3000))
def test_any_text_is_encoded_or_refused(encoder, text):
    try:
        vector = encoder.encode([text])[0]
    except EmptyTextError:
        return
    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_loading_takes_less_than_a_tenth_of_a_second_of_work():
    TextEncoder.from_assets()  # warm the file cache
    began = time.process_time()
    TextEncoder.from_assets()
    assert time.process_time() - began < 0.1


@pytest.mark.parametrize("name", [CONFIG, TOKENIZER, VECTORS])
def test_a_missing_file_is_named(copied, name):
    (copied / name).unlink()
    with pytest.raises(MissingWeightsError, match=name):
        TextEncoder.from_assets(copied)


@pytest.mark.parametrize("name", [CONFIG, TOKENIZER, VECTORS])
def test_a_truncated_file_is_named(copied, name):
    content = (copied / name).read_bytes()
    (copied / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(BrokenWeightsError, match=name):
        TextEncoder.from_assets(copied)


def test_files_that_do_not_fit_together_are_refused(copied):
    text = (copied / CONFIG).read_text(encoding="utf-8")
    (copied / CONFIG).write_text(text.replace('"dims": 256', '"dims": 255'), encoding="utf-8")
    with pytest.raises(BrokenWeightsError, match=VECTORS):
        TextEncoder.from_assets(copied)


def test_what_is_shipped_is_small():
    assert sum(path.stat().st_size for path in ASSETS.iterdir()) < 9e6
