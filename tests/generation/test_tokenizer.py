"""The tokenizer is ordered, decodes every prefix and repeats itself."""

from dataclasses import replace

import pytest
import torch

from generation.tokenizer import Tokenizer
from tests.generation.conftest import TINY_TOKENIZER


def cloud(seed: int, batch: int = 2) -> torch.Tensor:
    return torch.randn(batch, 64, 6, generator=torch.Generator().manual_seed(seed)) * 0.3


def test_the_same_seed_gives_the_same_weights() -> None:
    one, two = (Tokenizer(TINY_TOKENIZER, seed=3).state_dict() for _ in range(2))
    assert all(torch.equal(one[key], two[key]) for key in one)
    other, name = Tokenizer(TINY_TOKENIZER, seed=4).state_dict(), "encoder.embed.project.weight"
    assert not torch.equal(one[name], other[name])


def test_a_latent_depends_only_on_queries_up_to_its_own() -> None:
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    before = model.encoder(cloud(0))
    with torch.no_grad():
        model.encoder.query_embedding[2, 0] += 1.0
    after = model.encoder(cloud(0))
    torch.testing.assert_close(before[:, :2], after[:, :2])
    assert (before[:, 2:] - after[:, 2:]).abs().amax() > 1e-4


def test_a_prefix_ignores_the_tokens_it_leaves_out() -> None:
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    tokens = torch.tensor([[1, 2, 3, 4], [1, 2, 9, 9]])
    full, short = model.planes(tokens), model.planes(tokens[:, :2])
    torch.testing.assert_close(short[0], short[1])
    assert (full[0] - full[1]).abs().amax() > 1e-5
    assert torch.isfinite(model.planes(tokens[:, :0])).all()


def test_nested_dropout_in_training_equals_the_prefix_at_use() -> None:
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    points, queries = cloud(1), cloud(2)[..., :3]
    trained = model(points, queries, keep_B=torch.tensor([2, 2])).distance
    used = model.field(model.planes(model.encode(points)[:, :2]), queries)
    torch.testing.assert_close(trained, used, atol=1e-5, rtol=1e-4)


def test_the_field_of_a_shape_is_the_batched_field() -> None:
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    tokens, queries = model.encode(cloud(3)), cloud(4)[..., :3]
    batched = model.field(model.planes(tokens), queries)
    alone = model.shape_field(tokens[1])(queries[1].numpy())
    torch.testing.assert_close(torch.from_numpy(alone), batched[1], atol=1e-5, rtol=1e-4)


def test_points_and_tokens_are_taken_to_the_device_of_the_model() -> None:
    # "meta" stands for a card; of the quantizers only FSQ runs there as it does on a card
    shape = replace(TINY_TOKENIZER, quantizer="fsq", fsq_levels=(2, 2, 4))
    model = Tokenizer(shape, seed=0).eval().to("meta")
    tokens = torch.tensor([1, 2, 3])
    side = shape.plane_patches * shape.patch
    model.shape_field(tokens)
    planes = model.planes(tokens[None])
    assert planes.device.type == "meta"
    assert planes.shape == (1, 3, shape.plane_channels, side, side)
    codes = model.encode(cloud(3))
    assert codes.device.type == "meta"
    assert codes.shape == (2, shape.tokens)


@pytest.mark.gpu
def test_the_card_gives_the_same_field_of_tokens_from_the_cpu() -> None:
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval()
    tokens, queries = model.encode(cloud(3))[0], cloud(4)[0, :, :3].numpy()
    here = model.shape_field(tokens)(queries)
    there = model.cuda().shape_field(tokens)(queries)
    # convolutions round to TF32 on a card
    assert there == pytest.approx(here, abs=5e-3)
