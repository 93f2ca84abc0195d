"""The generator: a decoder-only transformer that writes a shape's tokens one by one.

- every condition is a prefix of some positions (`generation.conditions`)
- learned absolute positions: a shape has a fixed, small number of tokens
- token embeddings start from the tokenizer's code book and are tied to the output
- a key-value cache: writing K tokens costs K single-position steps (Argus3D's release
  re-runs the whole sequence for each)

Shape letters: B batch, P prefix, K tokens, T = P + 1 + K - 1 positions, D width, V codes.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from generation.attention import Block, KeyValueCache, init_weights
from generation.conditions import Given, Prefix
from generation.config import GeneratorConfig


class Generator(nn.Module):
    """Conditions -> tokens (B, K)."""

    def __init__(self, config: GeneratorConfig, *, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.prefix = Prefix(config)
        positions = self.prefix.length + config.tokens
        self.start_embedding = nn.Parameter(torch.zeros(config.width))
        self.position_embedding = nn.Parameter(torch.zeros(positions, config.width))
        self.token_embedding = nn.Parameter(torch.zeros(config.codes, config.width))
        self.input_dropout = nn.Dropout(config.dropout)
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, dropout=config.dropout) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(config.width, bias=False)
        self.bias = nn.Parameter(torch.zeros(config.codes))
        generator = torch.Generator().manual_seed(seed)
        init_weights(self, config.layers, generator)
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if "embedding" in name:
                    parameter.normal_(0.0, 0.02, generator=generator)

    def start_from_book(self, book: Tensor, *, seed: int = 0) -> None:
        """Start the token embeddings from a code book (V, Z) through a random projection."""
        random = torch.Generator().manual_seed(seed)
        project = torch.randn(book.shape[1], self.config.width, generator=random)
        embedding = functional.layer_norm(book.float(), book.shape[1:]) @ project
        with torch.no_grad():
            self.token_embedding.copy_(0.02 * embedding / embedding.std())

    def forward(self, given: Mapping[str, Given], tokens_BK: Tensor) -> Tensor:
        """Return logits (B, K, V): position k predicts token k from conditions and tokens < k."""
        x = torch.cat([self._head(given), self.token_embedding[tokens_BK[:, :-1]]], dim=1)
        x = self.input_dropout(x + self.position_embedding[: x.shape[1]])
        for block in self.blocks:
            x = block(x, causal=True)
        return self._logits(x[:, self.prefix.length :])

    def _head(self, given: Mapping[str, Given]) -> Tensor:
        prefix_BPD = self.prefix(given)
        start = self.start_embedding.to(prefix_BPD.dtype).expand(len(prefix_BPD), 1, -1)
        return torch.cat([prefix_BPD, start], dim=1)

    def _logits(self, x: Tensor) -> Tensor:
        return functional.linear(self.norm(x), self.token_embedding, self.bias)


class Writer:
    """A generator in the middle of writing: one key-value cache per layer."""

    def __init__(self, model: Generator, given: Mapping[str, Given]) -> None:
        config = model.config
        self._model = model
        head = model._head(given) + model.position_embedding[: model.prefix.length + 1]
        capacity = model.prefix.length + config.tokens
        self._caches = [
            KeyValueCache(len(head), config.heads, capacity, config.width // config.heads, head)
            for _ in range(config.layers)
        ]
        self._position = head.shape[1]
        self.logits_BV = self._advance(head)

    def write(self, token_B: Tensor) -> None:
        """Append one token per shape; `logits_BV` then predicts the next."""
        x_B1D = self._model.token_embedding[token_B][:, None]
        x_B1D = x_B1D + self._model.position_embedding[self._position]
        self._position += 1
        self.logits_BV = self._advance(x_B1D)

    def _advance(self, x: Tensor) -> Tensor:
        for block, cache in zip(self._model.blocks, self._caches, strict=True):
            x = block(x, cache=cache)
        return self._model._logits(x[:, -1])
