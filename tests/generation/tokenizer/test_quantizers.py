"""Every quantizer finds the nearest code, and indices lead back to the same code."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.generation.tokenizer.quantizers import (
    FSQ,
    EmaVQ,
    Quantizer,
    SimVQ,
    build_quantizer,
    code_dim,
    nearest_code,
)
from caddis.geometry.errors import ConfigError

NAMES = ("simvq", "vq", "ema", "fsq", "ifsq")
LEVELS = (3, 4)


def build(name: str) -> Quantizer:
    quantizer = build_quantizer(name, LEVELS)
    samples = torch.randn(64, code_dim(name, LEVELS), generator=torch.Generator().manual_seed(0))
    quantizer.seed_codes(samples, torch.Generator().manual_seed(0))
    return quantizer


@pytest.mark.parametrize("name", NAMES)
def test_indices_lead_back_to_the_quantized_values(name: str) -> None:
    quantizer = build(name).eval()
    z = torch.randn(3, 7, code_dim(name, LEVELS), generator=torch.Generator().manual_seed(1))
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
    z = torch.randn(4, code_dim(name, LEVELS), requires_grad=True)
    quantizer(z).values.sum().backward()
    assert z.grad is not None
    assert (z.grad != 0).all()


@pytest.mark.parametrize("name", NAMES)
def test_training_in_bf16_chooses_the_same_codes(name: str) -> None:
    z = 3 * torch.randn(500, code_dim(name, LEVELS), generator=torch.Generator().manual_seed(2))
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
    target = torch.full((50, 16), 3.0) + 0.01 * torch.randn(50, 16)
    for _ in range(400):
        quantizer(target)
    assert (quantizer.book() - 3).abs().max() < 0.5


def test_fsq_uses_exactly_its_levels() -> None:
    quantizer = build("fsq")
    wide = torch.cartesian_prod(torch.linspace(-4, 4, 50), torch.linspace(-4, 4, 50))
    assert set(quantizer(wide).indices.tolist()) == set(range(12))


@pytest.mark.parametrize("name", NAMES)
def test_all_have_as_many_codes_as_the_levels_make(name: str) -> None:
    assert build(name).codes == 12
    assert build(name).book().shape == (12, code_dim(name, LEVELS))
    assert len(build(name).book().unique(dim=0)) == 12


@pytest.mark.parametrize("name", ["simvq", "vq", "ema"])
def test_before_codes_are_chosen_vectors_pass_as_they_are(name: str) -> None:
    z = torch.randn(5, 16)
    assert torch.equal(build(name).soft(z), z)


@given(st.sampled_from(["fsq", "ifsq"]), st.lists(st.floats(-50, 50), min_size=2, max_size=2))
def test_noise_in_place_of_rounding_stays_between_the_codes(name: str, z: list[float]) -> None:
    quantizer, latent = build(name), torch.tensor([z]).expand(64, 2)
    soft, book = quantizer.soft(latent), quantizer.book()
    assert (soft >= book.amin(0) - 1e-6).all()
    assert (soft <= book.amax(0) + 1e-6).all()


@pytest.mark.parametrize("name", ["fsq", "ifsq"])
def test_noise_in_place_of_rounding_is_as_large_and_leaves_the_mean(name: str) -> None:
    torch.manual_seed(0)
    quantizer = build(name)
    step = 2 / torch.tensor(LEVELS)
    z = torch.tensor([[0.0, 0.2], [0.1, -0.3]])  # so far inside that nothing is cut off
    soft = quantizer.soft(z.expand(40_000, 2, 2))
    unit = torch.sigmoid(1.6 * z) if name == "ifsq" else (torch.tanh(z) + 1) / 2
    torch.testing.assert_close(soft.mean(0), 2 * unit - 1, atol=6e-3, rtol=0)
    torch.testing.assert_close(soft.std(0), (step / 12**0.5).expand(2, 2), atol=6e-3, rtol=0)
    assert (quantizer(z).values - soft).abs().max() <= step.max() + 1e-6


@pytest.mark.parametrize("name", ["fsq", "ifsq"])
def test_noise_in_place_of_rounding_lets_gradients_pass(name: str) -> None:
    z = torch.tensor([[0.0, 0.2]], requires_grad=True)
    build(name).soft(z).sum().backward()
    assert z.grad is not None
    assert (z.grad > 0).all()


def test_an_unknown_quantizer_is_refused() -> None:
    with pytest.raises(ConfigError, match="Use simvq, vq, ema, fsq or ifsq"):
        build_quantizer("none", LEVELS)
