"""Words: every kind of token has its own, and a position knows which can stand at it."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.config import FRAME_TOKENS
from caddis.generation.tokenizer.frames import LEVELS
from caddis.generation.vocabulary import Vocabulary
from caddis.geometry.symmetry import SYMMETRIES


@given(st.integers(2, 5000))
def test_symmetries_sides_and_codes_share_out_all_words(codes: int) -> None:
    vocabulary = Vocabulary(codes)
    spans = [vocabulary.span(position) for position in (0, 1, FRAME_TOKENS)]
    assert [span.stop - span.start for span in spans] == [len(SYMMETRIES), LEVELS, codes]
    assert [span.start for span in spans] == [0, spans[0].stop, spans[1].stop]
    assert spans[2].stop == vocabulary.size
    assert vocabulary.first_code == spans[2].start


def test_the_three_sides_share_their_words_and_so_do_all_cells() -> None:
    vocabulary = Vocabulary(9)
    assert vocabulary.span(1) == vocabulary.span(2) == vocabulary.span(3)
    assert vocabulary.span(4) == vocabulary.span(67)


def test_a_word_is_a_token_counted_over_all_kinds() -> None:
    vocabulary = Vocabulary(9)
    tokens = torch.tensor([[12, 0, 95, 3, 0, 8], [0, 1, 2, 3, 4, 5]])
    words = vocabulary.words(tokens)
    assert words[0].tolist() == [12, 13, 108, 16, 109, 117]
    for position in range(6):
        span = vocabulary.span(position)
        assert torch.equal(words[:, position] - span.start, tokens[:, position])
    assert vocabulary.size == 118


def test_the_allowed_words_of_a_position_are_its_span() -> None:
    vocabulary = Vocabulary(9)
    allowed = vocabulary.allowed(7)
    assert allowed.shape == (7, vocabulary.size)
    for position, row in enumerate(allowed):
        span = vocabulary.span(position)
        assert torch.nonzero(row)[:, 0].tolist() == list(range(span.start, span.stop))
