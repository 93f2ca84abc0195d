"""Writing with a cache equals reading the whole sequence; conditions can be left out."""

import torch

from generation.conditions import Given, without
from generation.generator import Generator, Writer
from tests.generation.conftest import TINY_GENERATOR


def given(batch: int = 2) -> dict[str, Given]:
    random = torch.Generator().manual_seed(0)
    return {
        "category": Given(torch.arange(batch) % 2, torch.ones(batch, dtype=torch.bool)),
        "text": Given(torch.randn(batch, 6, generator=random), torch.ones(batch, dtype=torch.bool)),
    }


def model() -> Generator:
    return Generator(TINY_GENERATOR, seed=1).eval()


def test_the_cache_gives_the_logits_of_the_whole_sequence() -> None:
    generator, tokens = model(), torch.tensor([[3, 1, 4, 1], [5, 9, 2, 6]])
    whole = generator(given(), tokens)
    writer = Writer(generator, given())
    for k in range(4):
        torch.testing.assert_close(writer.logits_BV, whole[:, k], atol=1e-5, rtol=1e-4)
        if k < 3:
            writer.write(tokens[:, k])


def test_a_prediction_never_sees_its_own_token_or_later_ones() -> None:
    generator = model()
    one = generator(given(), torch.tensor([[3, 1, 4, 1], [5, 9, 2, 6]]))
    two = generator(given(), torch.tensor([[3, 1, 7, 8], [5, 9, 2, 6]]))
    torch.testing.assert_close(one[:, :3], two[:, :3])
    assert not torch.equal(one[0, 3], two[0, 3])


def test_a_missing_condition_hides_its_value_and_changes_the_prediction() -> None:
    generator, tokens = model(), torch.tensor([[3, 1, 4, 1]] * 2)
    hidden = generator(without(given()), tokens)
    torch.testing.assert_close(hidden[0], hidden[1])
    shown = generator(without(given(), frozenset({"text"})), tokens)
    assert (shown[0] - shown[1]).abs().amax() > 1e-5
    assert (shown[0] - hidden[0]).abs().amax() > 1e-5


def test_token_embeddings_start_from_the_code_book() -> None:
    generator = model()
    book = torch.randn(16, 3, generator=torch.Generator().manual_seed(2))
    book[5] = book[6] + 1e-4
    generator.start_from_book(book, seed=0)
    distance = torch.cdist(generator.token_embedding, generator.token_embedding)
    distance.fill_diagonal_(1e9)
    assert int(distance[5].argmin()) == 6
