"""Writing with a cache equals reading the whole sequence; conditions can be left out."""

from dataclasses import replace

import torch

from caddis.generation.conditions import Given, without
from caddis.generation.generator import Generator, Writer
from tests.generation.conftest import TINY_GENERATOR

COUNT = 8
TOKENS = torch.tensor([[3, 90, 40, 95, 5, 0, 8, 2], [12, 0, 2, 60, 7, 7, 1, 3]])


def given(batch: int = 2) -> dict[str, Given]:
    random = torch.Generator().manual_seed(0)
    return {
        "category": Given(torch.arange(batch) % 2, torch.ones(batch, dtype=torch.bool)),
        "text": Given(torch.randn(batch, 6, generator=random), torch.ones(batch, dtype=torch.bool)),
    }


def book() -> torch.Tensor:
    return torch.rand(9, 2, generator=torch.Generator().manual_seed(2)) * 2 - 1


def model() -> Generator:
    """A generator of eight tokens: the frame and four cells."""
    generator = Generator(replace(TINY_GENERATOR, tokens=COUNT), seed=1).eval()
    generator.start_from_book(book())
    return generator


def test_the_cache_gives_the_logits_of_the_whole_sequence() -> None:
    generator = model()
    whole = generator(given(), TOKENS)
    writer = Writer(generator, given())
    for k in range(COUNT):
        span = generator.vocabulary.span(k)
        assert writer.logits_BV.shape == (2, span.stop - span.start)
        torch.testing.assert_close(writer.logits_BV, whole[:, k, span], atol=1e-5, rtol=1e-4)
        if k < COUNT - 1:
            writer.write(TOKENS[:, k])


def test_words_that_cannot_stand_at_a_position_are_impossible() -> None:
    generator = model()
    logits = generator(given(), TOKENS)
    allowed = generator.vocabulary.allowed(COUNT)
    assert (logits[:, ~allowed] == float("-inf")).all()
    assert torch.isfinite(logits[:, allowed]).all()


def test_a_prediction_never_sees_its_own_token_or_later_ones() -> None:
    generator, other = model(), TOKENS.clone()
    other[0, 5:] = torch.tensor([4, 4, 4])
    one, two = generator(given(), TOKENS), generator(given(), other)
    torch.testing.assert_close(one[:, :6], two[:, :6])
    assert not torch.equal(one[0, 6:], two[0, 6:])


def test_a_missing_condition_hides_its_value_and_changes_the_prediction() -> None:
    generator, tokens = model(), TOKENS[:1].expand(2, -1)
    allowed = generator.vocabulary.allowed(COUNT)
    hidden = generator(without(given()), tokens)[:, allowed]
    torch.testing.assert_close(hidden[0], hidden[1])
    shown = generator(without(given(), frozenset({"text"})), tokens)[:, allowed]
    assert (shown[0] - shown[1]).abs().amax() > 1e-5
    assert (shown[0] - hidden[0]).abs().amax() > 1e-5


def test_embeddings_are_read_off_the_codes_so_that_neighbours_are_near() -> None:
    generator, codes = model(), book()
    codes[5] = codes[6] + 1e-4
    generator.start_from_book(codes)
    embeddings = generator.embeddings()
    assert embeddings.shape == (generator.vocabulary.size, 16)
    distance = torch.cdist(*2 * [embeddings[generator.vocabulary.first_code :]])
    distance.fill_diagonal_(1e9)
    assert int(distance[5].argmin()) == 6
    assert distance.min() > 0


def test_what_is_learned_of_one_code_is_known_of_its_neighbours() -> None:
    """One step of gradient descent on a code's logit raises that of a code beside it, too."""
    generator, codes = model(), book()
    codes[5] = codes[6] + 1e-3
    generator.start_from_book(codes)
    before = generator(given(), TOKENS)[0, 7].detach()
    first = generator.vocabulary.first_code
    weight = generator.read_code.weight
    (gradient,) = torch.autograd.grad(generator(given(), TOKENS)[0, 7, first + 5], weight)
    with torch.no_grad():
        weight += 0.01 * gradient
    gain = (generator(given(), TOKENS)[0, 7].detach() - before)[first:]
    assert gain[5] > 0
    assert abs(float(gain[6] / gain[5]) - 1) < 0.05


def test_the_same_seed_gives_the_same_weights() -> None:
    one, two = model().state_dict(), model().state_dict()
    assert all(torch.equal(one[name], two[name]) for name in one)
    other = Generator(replace(TINY_GENERATOR, tokens=COUNT), seed=2).state_dict()
    assert not torch.equal(one["word_embedding"], other["word_embedding"])
