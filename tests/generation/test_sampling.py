"""Sampling is reproducible, cuts the tail, follows guidance and keeps a given start."""

import pytest
import torch
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st

from caddis.generation.conditions import without
from caddis.generation.request import Sampling
from caddis.generation.sampling import _draw, sample
from caddis.geometry.errors import ConfigError
from tests.generation.test_generator import COUNT, given, model


def test_the_same_seeds_give_the_same_tokens_and_others_do_not() -> None:
    one = sample(model(), given(), [1, 2], Sampling())
    two = sample(model(), given(), [1, 2], Sampling())
    other = sample(model(), given(), [3, 4], Sampling())
    assert torch.equal(one.tokens, two.tokens)
    assert not torch.equal(one.tokens, other.tokens)


def test_a_shape_does_not_depend_on_its_place_in_the_batch() -> None:
    few = {name: type(g)(g.values[:1], g.present[:1]) for name, g in given().items()}
    alone = sample(model(), few, [7], Sampling())
    both = sample(model(), given(), [7, 8], Sampling())
    assert torch.equal(alone.tokens[0], both.tokens[0])


def test_every_token_is_one_of_its_kind() -> None:
    drawn = sample(model(), given(), [1, 2], Sampling(temperature=5, final_temperature=5)).tokens
    assert drawn.shape == (2, COUNT)
    vocabulary = model().vocabulary
    for position in range(COUNT):
        span = vocabulary.span(position)
        assert 0 <= drawn[:, position].min() <= drawn[:, position].max() < span.stop - span.start


def test_without_guidance_the_likelihood_is_that_of_the_whole_sequence() -> None:
    generator = model()
    drawn = sample(generator, given(), [1, 2], Sampling(guidance=0))
    logits = generator(given(), drawn.tokens).log_softmax(-1)
    words = generator.vocabulary.words(drawn.tokens)
    expected = logits.gather(2, words[..., None])[..., 0].mean(1)
    torch.testing.assert_close(drawn.log_likelihood, expected, atol=1e-5, rtol=1e-4)


def test_a_given_symmetry_and_sides_are_kept_and_progress_is_reported() -> None:
    start, seen = torch.tensor([[4, 60, 60, 95], [12, 95, 80, 20]]), []
    drawn = sample(
        model(), given(), [1, 2], Sampling(), start=start,
        on_token=lambda written, tokens: seen.append((written, tokens.shape)),
    )  # fmt: skip
    assert torch.equal(drawn.tokens[:, :4], start)
    assert seen == [(k, (2, k)) for k in range(1, COUNT + 1)]


def test_guidance_pushes_towards_what_the_condition_favours() -> None:
    generator = model()
    with torch.no_grad():  # a generator whose category decides the first token
        generator.prefix.conditions["category"].embedding.weight.mul_(500)
        generator.word_embedding.mul_(20)
        nothing = torch.zeros(2, COUNT, dtype=torch.int64)
        gain = generator(given(), nothing)[:, 0] - generator(without(given()), nothing)[:, 0]

    def mean_gain(guidance: float) -> float:
        seeds = [[s, s + 100] for s in range(20)]
        drawn = [sample(generator, given(), s, Sampling(guidance=guidance)).tokens for s in seeds]
        return float(torch.stack([gain.gather(1, tokens[:, :1]) for tokens in drawn]).mean())

    assert mean_gain(20) > mean_gain(0) + 0.1


@hypothesis_given(
    st.lists(st.floats(-5, 5), min_size=2, max_size=8), st.floats(0.05, 1), st.floats(0, 0.9999)
)
@settings(max_examples=80, deadline=None)
def test_a_draw_is_in_the_nucleus_of_a_plain_computation(
    logits: list[float], top_p: float, uniform: float
) -> None:
    row = torch.tensor([logits], dtype=torch.float64)
    drawn = int(_draw(row, top_p, torch.tensor([uniform], dtype=torch.float64)))
    probability = row.softmax(-1)[0].tolist()
    order = sorted(range(len(logits)), key=lambda i: -probability[i])
    nucleus, mass = set(), 0.0
    for code in order:
        if mass >= top_p + 1e-9:
            break
        nucleus.add(code)
        mass += probability[code]
    assert drawn in nucleus


def test_draws_follow_the_probabilities() -> None:
    row = torch.tensor([[0.5, 0.3, 0.2]]).log()
    uniform = (torch.arange(1000) + 0.5) / 1000
    counts = torch.bincount(_draw(row.expand(1000, 3), 1.0, uniform), minlength=3)
    assert (counts - torch.tensor([500, 300, 200])).abs().max() <= 1


@pytest.mark.parametrize(
    "wrong", [{"temperature": 0.0}, {"top_p": 1.5}, {"guidance": -1.0}, {"top_p": 0.0}]
)
def test_settings_outside_their_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ConfigError):
        Sampling(**wrong)
