"""Every quantizer finds the nearest code, and indices lead back to the same code."""

import dataclasses

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from generation.config import TokenizerConfig
from generation.quantizers import FSQ, EmaVQ, Quantizer, SimVQ, build_quantizer, nearest_code
from geometry.errors import ConfigError

NAMES = ("simvq", "vq", "ema", "fsq", "ifsq")


def build(name: str) -> Quantizer:
    shape = TokenizerConfig(
        codes=12, code_dim=2 if "fsq" in name else 5, quantizer=name, fsq_levels=(3, 4)
    )
    quantizer = build_quantizer(shape)
    samples = torch.randn(64, shape.code_dim, generator=torch.Generator().manual_seed(0))
    quantizer.seed_codes(samples, torch.Generator().manual_seed(0))
    return quantizer


@pytest.mark.parametrize("name", NAMES)
def test_indices_lead_back_to_the_quantized_values(name: str) -> None:
    quantizer = build(name).eval()
    z = torch.randn(3, 7, 2 if "fsq" in name else 5, generator=torch.Generator().manual_seed(1))
    result = quantizer(z)
    torch.testing.assert_close(quantizer.decode(result.indices), result.values)
    assert result.indices.min() >= 0
    assert result.indices.max() < quantizer.codes


@pytest.mark.parametrize("name", NAMES)
def test_a_code_is_quantized_to_itself(name: str) -> None:
    quantizer = build(name).eval()
    book = quantizer.book().detach()
    if isinstance(quantizer, FSQ):  # the book lies behind the bound: invert it
        unit = (book + 1) / 2
        book = torch.logit(unit) / 1.6 if quantizer.uniform else torch.atanh(2 * unit - 1)
    assert torch.equal(quantizer(book).indices, torch.arange(quantizer.codes))


@pytest.mark.parametrize("name", NAMES)
def test_the_book_is_read_on_the_device_of_the_quantizer(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    quantizer = build(name).to("meta")
    # embedding takes CPU indices on "meta" and autocast refuses it: so only what is looked up
    monkeypatch.setattr(quantizer, "decode", lambda indices: indices)
    assert quantizer.book().device.type == "meta"


@pytest.mark.gpu
@pytest.mark.parametrize("name", NAMES)
def test_the_card_has_the_same_book(name: str) -> None:
    torch.testing.assert_close(build(name).cuda().book().cpu(), build(name).book())


@pytest.mark.parametrize("name", NAMES)
def test_gradients_pass_straight_through(name: str) -> None:
    quantizer = build(name)
    z = torch.randn(4, 2 if "fsq" in name else 5, requires_grad=True)
    quantizer(z).values.sum().backward()
    assert z.grad is not None
    assert (z.grad != 0).all()


@pytest.mark.parametrize("name", NAMES)
def test_training_in_bf16_chooses_the_same_codes(name: str) -> None:
    z = 3 * torch.randn(500, 2 if "fsq" in name else 5, generator=torch.Generator().manual_seed(2))
    plain = build(name).train()(z).indices
    with torch.autocast("cpu", torch.bfloat16):
        assert torch.equal(build(name).train()(z).indices, plain)


@given(st.integers(1, 20), st.integers(1, 9), st.integers(1, 4), st.integers(0, 99))
@settings(max_examples=40, deadline=None)
def test_the_nearest_code_is_that_of_a_plain_search(
    points: int, codes: int, dim: int, seed: int
) -> None:
    random = torch.Generator().manual_seed(seed)
    z = torch.randn(points, dim, generator=random, dtype=torch.float64)
    book = torch.randn(codes, dim, generator=random, dtype=torch.float64)
    plain = [min(range(codes), key=lambda k: float((p - book[k]).norm())) for p in z]
    assert nearest_code(z, book).tolist() == plain


def test_simvq_moves_codes_that_were_never_picked() -> None:
    quantizer = build("simvq")
    assert isinstance(quantizer, SimVQ)
    z = quantizer.book().detach()[:1] + 0.1
    before = quantizer.book().detach().clone()
    quantizer(z).loss.backward()
    with torch.no_grad():
        for parameter in quantizer.transform.parameters():
            assert parameter.grad is not None
            parameter.sub_(0.1 * parameter.grad)
    assert ((quantizer.book() - before).abs().sum(1) > 0).all()


def test_ema_codes_follow_their_inputs_and_dead_ones_are_restarted() -> None:
    quantizer = build("ema")
    assert isinstance(quantizer, EmaVQ)
    quantizer.train()
    target = torch.full((50, 5), 3.0) + 0.01 * torch.randn(50, 5)
    for _ in range(400):
        quantizer(target)
    assert (quantizer.book() - 3).abs().max() < 0.5


def test_fsq_uses_exactly_its_levels() -> None:
    quantizer = build("fsq")
    wide = torch.cartesian_prod(torch.linspace(-4, 4, 50), torch.linspace(-4, 4, 50))
    assert set(quantizer(wide).indices.tolist()) == set(range(12))


def test_wrong_settings_are_refused() -> None:
    shape = TokenizerConfig()
    with pytest.raises(ConfigError, match="no quantizer"):
        build_quantizer(dataclasses.replace(shape, quantizer="none"))
    with pytest.raises(ConfigError, match="levels"):
        build_quantizer(dataclasses.replace(shape, quantizer="fsq", fsq_levels=(2, 2)))
