"""Tokens are ordered, every prefix decodes, and what is decoded has its frame's symmetry."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.generation.config import COARSE_TOKENS, FINE_TOKENS, FRAME_TOKENS, TokenizerConfig
from caddis.generation.tokenizer.frames import Frames
from caddis.generation.tokenizer.tokenizer import SEQUENCE, Tokenizer
from caddis.geometry.field import FramedField
from caddis.geometry.symmetry import SYMMETRIES
from tests.generation.conftest import TINY_TOKENIZER

COARSE = FRAME_TOKENS + COARSE_TOKENS


def build(config: TokenizerConfig = TINY_TOKENIZER) -> Tokenizer:
    """A tokenizer whose blocks have an effect, as after some training."""
    model = Tokenizer(config, seed=0).eval()
    random = torch.Generator().manual_seed(1)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith(("to_out.weight", "mix.weight", "missing_embedding")):
                parameter.normal_(0, 0.2 / parameter.shape[-1] ** 0.5, generator=random)
    return model


MODEL = build()


def cloud(seed: int, batch: int = 2, points: int = 64) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    values = torch.randn(batch, points, 6, generator=random) * 0.2
    values[..., 3:] = torch.nn.functional.normalize(values[..., 3:], dim=-1)
    return values


def frames(kinds: tuple[int, ...] = (0, 3)) -> Frames:
    return Frames.around(torch.tensor(kinds), torch.tensor([[1.0, 0.6, 0.3]] * len(kinds)))


def random_tokens(seed: int, kind: int = 0) -> torch.Tensor:
    random = torch.Generator().manual_seed(seed)
    level = torch.randint(60, 96, (3,), generator=random)
    coarse = torch.randint(9, (COARSE_TOKENS,), generator=random)
    fine = torch.randint(8, (FINE_TOKENS,), generator=random)
    return torch.cat([torch.tensor([kind]), level, coarse, fine])


def test_the_same_seed_gives_the_same_weights() -> None:
    one, two = (Tokenizer(TINY_TOKENIZER, seed=3).state_dict() for _ in range(2))
    assert all(torch.equal(one[key], two[key]) for key in one)
    other, name = Tokenizer(TINY_TOKENIZER, seed=4).state_dict(), "encoder.scatter.first.weight"
    assert not torch.equal(one[name], other[name])


def test_tokens_are_a_frame_then_coarse_then_fine_codes() -> None:
    tokens = MODEL.encode(cloud(0), frames())
    assert tokens.shape == (2, SEQUENCE) == (2, 4 + 64 + 512)
    assert tokens.dtype == torch.int64
    assert torch.equal(tokens[:, :FRAME_TOKENS], frames().tokens)
    for codes, count in ((tokens[:, FRAME_TOKENS:COARSE], 9), (tokens[:, COARSE:], 8)):
        assert 0 <= codes.min() <= codes.max() < count
        assert len(codes.unique()) > 1


def test_encoding_repeats_itself_and_the_coarse_tokens_are_its_beginning() -> None:
    tokens = MODEL.encode(cloud(0), frames())
    assert torch.equal(MODEL.encode(cloud(0), frames()), tokens)
    assert torch.equal(MODEL.encode_coarse(cloud(0), frames()), tokens[:, :COARSE])
    alone = MODEL.encode(cloud(0)[1:], frames((3,)))
    assert torch.equal(alone[0], tokens[1])


def test_the_order_of_the_points_does_not_matter() -> None:
    points = cloud(0)
    mixed = points[:, torch.randperm(64, generator=torch.Generator().manual_seed(3))]
    one, two = (MODEL.encoder(each, frames()) for each in (points, mixed))
    torch.testing.assert_close(one, two, atol=1e-5, rtol=1e-4)


def test_mirrored_points_have_the_tokens_of_the_points() -> None:
    kinds, points = (1, 3), cloud(0)  # mirrored in x
    mirror = torch.tensor([-1.0, 1, 1, -1, 1, 1])
    assert torch.equal(
        MODEL.encode(points * mirror, frames(kinds)), MODEL.encode(points, frames(kinds))
    )


@given(st.integers(FRAME_TOKENS, SEQUENCE))
@settings(max_examples=15)
def test_any_prefix_decodes_and_ignores_what_it_leaves_out(given_tokens: int) -> None:
    one, two = random_tokens(0), random_tokens(1)
    mixed = torch.cat([one[:given_tokens], two[given_tokens:]])
    short, long = MODEL.features(one[None, :given_tokens]), MODEL.features(mixed[None])
    assert short.shape == (1, TINY_TOKENIZER.features, 32, 32, 32)
    assert torch.isfinite(short).all()
    whole = MODEL.features(one[None])
    if given_tokens == SEQUENCE:
        assert torch.equal(short, whole)
        assert torch.equal(long, whole)
    else:
        assert (short - whole).abs().max() > 1e-4
    again = MODEL.features(torch.stack([one, two])[:, :given_tokens])
    torch.testing.assert_close(again[:1], short, atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("keep", [4, 20, 68, 300, 580])
def test_dropped_tokens_in_training_equal_the_prefix_at_use(keep: int) -> None:
    points, queries = cloud(1), cloud(2)[..., :3]
    trained = MODEL(points, frames(), queries, keep_B=torch.tensor([keep, 580])).distance
    tokens = MODEL.encode(points, frames())
    used = MODEL.field(MODEL.features(tokens[:, :keep]), frames().fold(queries))
    torch.testing.assert_close(trained[0], used[0], atol=1e-5, rtol=1e-4)
    whole = MODEL.field(MODEL.features(tokens), frames().fold(queries))
    torch.testing.assert_close(trained[1], whole[1], atol=1e-5, rtol=1e-4)


def test_the_field_of_a_shape_is_the_batched_field_within_its_box() -> None:
    tokens, queries = MODEL.encode(cloud(3), frames()), cloud(4)[..., :3]
    batched = MODEL.field(MODEL.features(tokens), frames().fold(queries))
    batched = frames().bounded(batched, queries)
    alone = MODEL.shape_field(tokens[1])(queries[1].numpy())
    torch.testing.assert_close(torch.from_numpy(alone), batched[1], atol=1e-5, rtol=1e-4)


def test_a_shape_field_knows_its_frame() -> None:
    tokens = random_tokens(0, kind=4)
    field = MODEL.shape_field(tokens)
    assert isinstance(field, FramedField)
    assert field.frame.symmetry.name == "revolved"
    sides = Frames.from_tokens(tokens[None, :4]).sides[0].tolist()
    assert field.frame.sides == pytest.approx(sides)


@pytest.mark.parametrize("kind", range(len(SYMMETRIES)), ids=[kind.name for kind in SYMMETRIES])
def test_a_decoded_field_has_the_symmetry_of_its_frame(kind: int) -> None:
    tokens, symmetry = random_tokens(kind, kind), SYMMETRIES[kind]
    if symmetry.revolved:
        tokens[2] = tokens[1]
    field, rng = MODEL.shape_field(tokens), np.random.default_rng(kind)
    points = rng.uniform(-0.5, 0.5, (400, 3)) * field.frame.sides
    moved = points.copy()
    for axis in range(3):
        if symmetry.mirrored[axis]:
            moved[:, axis] *= -1
        if symmetry.extruded == axis:  # only ends where the box ends
            deep = 0.1 * field.frame.sides[axis] / 2
            points[:, axis], moved[:, axis] = (rng.uniform(-deep, deep, 400) for _ in range(2))
    if symmetry.revolved:
        angle = rng.uniform(0, 2 * math.pi, 400)
        x, y = points[:, 0], points[:, 1]
        moved[:, 0] = np.cos(angle) * x - np.sin(angle) * y
        moved[:, 1] = np.sin(angle) * x + np.cos(angle) * y
    one, two = (field(at.astype(np.float32)) for at in (points, moved))
    inside = np.isin(symmetry.extruded, [None])  # of extrusions the network alone is compared
    if inside:
        np.testing.assert_allclose(one, two, atol=1e-4)
    frame = Frames.from_tokens(tokens[None, :FRAME_TOKENS])
    unit_one, unit_two = (frame.fold(torch.from_numpy(at)[None]).float() for at in (points, moved))
    features = MODEL.features(tokens[None])
    torch.testing.assert_close(
        MODEL.field(features, unit_one), MODEL.field(features, unit_two), atol=1e-4, rtol=0
    )
    other = rng.permutation(points)
    assert np.abs(field(other.astype(np.float32)) - one).max() > 1e-3  # it is no constant


@pytest.mark.parametrize("kind", [0, 4, 12])
def test_nothing_is_inside_farther_out_of_the_box_than_the_slack(kind: int) -> None:
    model = build()
    with torch.no_grad():
        model.field.mlp[-1].bias.fill_(-9.0)  # inside everywhere
    field = model.shape_field(random_tokens(0, kind))
    points = np.random.default_rng(0).uniform(-0.7, 0.7, (3000, 3)).astype(np.float32)
    frame = Frames.from_tokens(random_tokens(0, kind)[None, :4])
    outside = frame.box_distance(torch.from_numpy(points)[None])[0].numpy()
    assert ((field(points) > 0) == (outside > 0)).all()


def test_without_rounding_the_latents_themselves_are_decoded() -> None:
    model = build(replace(TINY_TOKENIZER, quantizer="vq"))
    points, queries = cloud(1), cloud(2)[..., :3]
    result = model(points, frames(), queries, soft=True)
    assert result.coarse_latents.shape == (2, 64, 16)
    assert result.fine_latents.shape == (2, 512, 16)
    assert result.code_loss == 0
    coarse = model.coarse_decoder(result.coarse_latents, torch.ones(2, 64) > 0, frames())
    features = model.decoder(coarse, result.fine_latents, torch.ones(2, 512) > 0, frames())
    expected = model.field(features, frames().fold(queries))
    torch.testing.assert_close(result.distance, expected)


@pytest.mark.parametrize(("paths", "dead"), [("coarse", 200), ("fine", 20)])
def test_a_path_that_is_switched_off_has_no_effect(paths: str, dead: int) -> None:
    model = build(replace(TINY_TOKENIZER, paths=paths))
    tokens = random_tokens(0)[None]
    for position in (20, 200):
        other = tokens.clone()
        other[0, position] = (other[0, position] + 1) % 8
        same = torch.equal(model.features(tokens), model.features(other))
        assert same == (position == dead)


def test_points_and_tokens_are_taken_to_the_device_of_the_model() -> None:
    # "meta" stands for a card
    model = Tokenizer(TINY_TOKENIZER, seed=0).eval().to("meta")
    tokens = random_tokens(0)
    features = model.features(tokens[None])
    assert features.device.type == "meta"
    assert features.shape == (1, TINY_TOKENIZER.features, 32, 32, 32)
    codes = model.encode_coarse(cloud(3), frames())
    assert codes.device.type == "meta"
    assert codes.shape == (2, COARSE)


@pytest.mark.gpu
def test_the_card_gives_the_same_field_of_tokens_from_the_cpu() -> None:
    model = build()
    tokens, queries = model.encode(cloud(3), frames())[0], cloud(4)[0, :, :3].numpy()
    here = model.shape_field(tokens)(queries)
    there = model.cuda().shape_field(tokens)(queries)
    # convolutions round to TF32 on a card
    assert there == pytest.approx(here, abs=5e-3)
