import pytest
import torch
from torch.nn import functional

from caddis.generation.attention import Block, plain_attention


@pytest.mark.parametrize("causal", [False, True])
def test_plain_attention_equals_the_fused_one_in_value_and_gradient(causal):
    random = torch.Generator().manual_seed(0)
    inputs = [torch.randn(2, 3, 9, 8, generator=random, requires_grad=True) for _ in range(3)]
    upstream = torch.randn(2, 3, 9, 8, generator=random)
    plain = plain_attention(*inputs, causal=causal)
    fused = functional.scaled_dot_product_attention(*inputs, is_causal=causal)
    torch.testing.assert_close(plain, fused, rtol=1e-5, atol=1e-6)
    for a, b in zip(
        torch.autograd.grad(plain, inputs, upstream),
        torch.autograd.grad(fused, inputs, upstream),
        strict=True,
    ):
        torch.testing.assert_close(a, b, rtol=1e-4, atol=1e-5)


def test_a_block_says_the_same_with_and_without_gradients():
    torch.manual_seed(0)
    block, x = Block(16, 2).eval(), torch.randn(2, 5, 16)
    trained = block(x, causal=True)
    with torch.no_grad():
        torch.testing.assert_close(trained, block(x, causal=True), rtol=1e-5, atol=1e-6)


def test_later_positions_do_not_reach_earlier_ones():
    torch.manual_seed(0)
    block, x = Block(16, 2).eval(), torch.randn(1, 6, 16)
    changed = x.clone()
    changed[:, 4:] += 1.0
    before, after = block(x, causal=True), block(changed, causal=True)
    assert torch.equal(before[:, :4], after[:, :4])
    assert not torch.equal(before[:, 4:], after[:, 4:])


@pytest.mark.parametrize("gradients", [False, True])
def test_a_bias_of_minus_infinity_hides_a_position(gradients):
    torch.manual_seed(0)
    block, x = Block(16, 2).eval(), torch.randn(1, 6, 16)
    bias = torch.zeros(1, 1, 6, 6)
    bias[..., 4:] = float("-inf")
    with torch.set_grad_enabled(gradients):
        hidden = block(x, bias_BHTC=bias)[:, :4]
        torch.testing.assert_close(hidden, block(x[:, :4]), rtol=1e-5, atol=1e-6)
