"""Transformer blocks: pre-norm attention with query/key norm, and the key-value cache.

Shape letters: B batch, T positions, C context positions, D width, H heads, E = D / H.
LayerNorm without bias replaces the more usual RMSNorm, because torch has a fused CPU kernel only
for LayerNorm.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class KeyValueCache:
    """Keys and values of all earlier positions, for one attention layer."""

    def __init__(self, batch: int, heads: int, capacity: int, head_width: int, like: Tensor):
        self.keys_BHTE = like.new_zeros(batch, heads, capacity, head_width)
        self.values_BHTE = like.new_zeros(batch, heads, capacity, head_width)
        self.length = 0

    def append(self, keys_BHTE: Tensor, values_BHTE: Tensor) -> tuple[Tensor, Tensor]:
        """Store new positions; return all stored keys and values."""
        end = self.length + keys_BHTE.shape[2]
        self.keys_BHTE[:, :, self.length : end] = keys_BHTE
        self.values_BHTE[:, :, self.length : end] = values_BHTE
        self.length = end
        return self.keys_BHTE[:, :, :end], self.values_BHTE[:, :, :end]


class Attention(nn.Module):
    """Multi-head self-attention, or cross-attention to a context.

    Queries and keys are normalised per head (QK-norm), which keeps the logits bounded
    under bf16.
    """

    def __init__(self, width: int, heads: int, *, dropout: float = 0.0) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.to_query = nn.Linear(width, width, bias=False)
        self.to_key_value = nn.Linear(width, 2 * width, bias=False)
        self.query_norm = nn.LayerNorm(width // heads, bias=False)
        self.key_norm = nn.LayerNorm(width // heads, bias=False)
        self.to_out = nn.Linear(width, width, bias=False)

    def forward(
        self,
        x_BTD: Tensor,
        context_BCD: Tensor | None = None,
        *,
        causal: bool = False,
        cache: KeyValueCache | None = None,
        bias_BHTC: Tensor | None = None,
    ) -> Tensor:
        """Return the attended (B, T, D).

        The bias is added to the logits; -inf hides a position. It cannot be combined with `causal`.
        With a cache, `x_BTD` holds only the new positions. Several new positions at once are
        allowed only with an empty cache (the prefix), because only then is their mask the plain
        causal one.
        """
        source = x_BTD if context_BCD is None else context_BCD
        query = self.query_norm(self._split(self.to_query(x_BTD)))
        key, value = (self._split(part) for part in self.to_key_value(source).chunk(2, dim=-1))
        key = self.key_norm(key)
        if cache is not None:
            key, value = cache.append(key, value)
            causal = query.shape[2] > 1
        dropout = self.dropout if self.training else 0.0
        if query.requires_grad and query.device.type == "cpu":
            attended_BHTE = plain_attention(
                query, key, value, causal=causal, dropout=dropout, bias_BHTS=bias_BHTC
            )
        else:
            attended_BHTE = functional.scaled_dot_product_attention(
                query, key, value, attn_mask=bias_BHTC, is_causal=causal, dropout_p=dropout
            )
        merged_BTD = attended_BHTE.transpose(1, 2).flatten(2)
        return self.to_out(merged_BTD)  # type: ignore[no-any-return]

    def _split(self, x_BTD: Tensor) -> Tensor:
        batch, length, _ = x_BTD.shape
        return x_BTD.view(batch, length, self.heads, -1).transpose(1, 2)  # (B, H, T, E)


def plain_attention(
    query_BHTE: Tensor,
    key_BHSE: Tensor,
    value_BHSE: Tensor,
    *,
    causal: bool,
    dropout: float = 0.0,
    bias_BHTS: Tensor | None = None,
) -> Tensor:
    """Return scaled dot-product attention (B, H, T, E), in elementary operations.

    This is for training on a CPU. The backward pass of torch's fused kernel does not use bf16
    products there and takes two to four times as long at these sequence lengths.
    """
    scores_BHTS = query_BHTE @ key_BHSE.transpose(-1, -2) * query_BHTE.shape[-1] ** -0.5
    if bias_BHTS is not None:
        scores_BHTS = scores_BHTS + bias_BHTS
    if causal:
        later = torch.ones(scores_BHTS.shape[-2:], dtype=torch.bool, device=query_BHTE.device)
        scores_BHTS = scores_BHTS.masked_fill(later.triu(1), float("-inf"))
    weights_BHTS = scores_BHTS.softmax(-1).to(value_BHSE.dtype)
    return functional.dropout(weights_BHTS, dropout) @ value_BHSE


class Block(nn.Module):
    """Pre-norm attention (self or cross) and a GELU network, both residual."""

    def __init__(
        self,
        width: int,
        heads: int,
        *,
        expand: int = 4,
        dropout: float = 0.0,
        with_context: bool = False,
    ) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(width, bias=False)
        self.context_norm = nn.LayerNorm(width, bias=False) if with_context else None
        self.attention = Attention(width, heads, dropout=dropout)
        self.mlp = nn.Sequential(
            nn.LayerNorm(width, bias=False),
            nn.Linear(width, expand * width, bias=False),
            nn.GELU(approximate="tanh"),
            nn.Linear(expand * width, width, bias=False),
            nn.Dropout(dropout),
        )

    def forward(
        self,
        x_BTD: Tensor,
        context_BCD: Tensor | None = None,
        *,
        causal: bool = False,
        cache: KeyValueCache | None = None,
        bias_BHTC: Tensor | None = None,
    ) -> Tensor:
        """Return x after attention and network, (B, T, D)."""
        if self.context_norm is not None and context_BCD is not None:
            context_BCD = self.context_norm(context_BCD)
        attended = self.attention(
            self.norm(x_BTD), context_BCD, causal=causal, cache=cache, bias_BHTC=bias_BHTC
        )
        x_BTD = x_BTD + attended
        return x_BTD + self.mlp(x_BTD)  # type: ignore[no-any-return]


def init_weights(module: nn.Module, layers: int, generator: torch.Generator) -> None:
    """Initialise linear layers to N(0, 1/fan_in), residual outputs to less, and biases to 0.

    The factor 1 / sqrt(2 layers) on residual outputs follows GPT-2. Biases are set as well, because
    torch draws their defaults from its global random stream.
    """
    for name, parameter in module.named_parameters():
        if name.endswith("bias"):
            nn.init.zeros_(parameter)
        elif parameter.ndim == 2 and "embedding" not in name:
            std = parameter.shape[1] ** -0.5
            if name.endswith(("to_out.weight", "mlp.3.weight")):
                std /= (2 * layers) ** 0.5
            with torch.no_grad():
                parameter.normal_(0.0, std, generator=generator)
