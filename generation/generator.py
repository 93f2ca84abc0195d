"""The generator: a decoder-only transformer that writes the first tokens of a shape one by one.

- Every condition is a prefix of some positions (`caddis.generation.conditions`).
- The four frame tokens follow, then the 64 coarse tokens. A wanted symmetry or size is therefore
  given as the start of the sequence.
- Positions are learned and absolute, because a shape has a fixed, small number of tokens.
- A token's embedding is a function of its code plus a learned correction that starts at zero, and
  it is tied to the output. What is learned about a code thus carries over to similar codes.
- With a key-value cache, writing K tokens costs K single-position steps (Argus3D's released code
  re-runs the whole sequence for each token).

Shape letters: B batch, P prefix, K tokens, T = P + K positions, D width, V words of the vocabulary,
Z length of a code.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from caddis.generation.attention import Block, KeyValueCache, init_weights
from caddis.generation.conditions import Given, Prefix
from caddis.generation.config import GeneratorConfig
from caddis.generation.vocabulary import Vocabulary

_POWERS = 3  # powers of a code's components from which its embedding is computed


class Generator(nn.Module):
    """Maps conditions to tokens (B, K) of the frame and the coarse cells."""

    book: Tensor
    allowed: Tensor

    def __init__(self, config: GeneratorConfig, *, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.vocabulary = Vocabulary(config.codes)
        self.prefix = Prefix(config)
        positions = self.prefix.length + config.tokens
        self.start_embedding = nn.Parameter(torch.zeros(config.width))
        self.position_embedding = nn.Parameter(torch.zeros(positions, config.width))
        self.register_buffer("book", torch.zeros(config.codes, config.code_dim))
        allowed_KV = self.vocabulary.allowed(config.tokens)
        self.register_buffer("allowed", allowed_KV, persistent=False)
        self.read_code = nn.Linear(_POWERS * config.code_dim, config.width, bias=False)
        self.word_embedding = nn.Parameter(torch.zeros(self.vocabulary.size, config.width))
        self.input_dropout = nn.Dropout(config.dropout)
        self.blocks = nn.ModuleList(
            Block(config.width, config.heads, dropout=config.dropout) for _ in range(config.layers)
        )
        self.norm = nn.LayerNorm(config.width, bias=False)
        self.bias = nn.Parameter(torch.zeros(self.vocabulary.size))
        generator = torch.Generator().manual_seed(seed)
        init_weights(self, config.layers, generator)
        with torch.no_grad():
            for name, parameter in self.named_parameters():
                if "embedding" in name:
                    parameter.normal_(0.0, 0.02, generator=generator)
            self.word_embedding[self.vocabulary.first_code :] = 0.0
            self.read_code.weight *= 0.04

    def start_from_book(self, book: Tensor) -> None:
        """Set the code vectors (codes, Z) to those of the tokenizer's coarse cells."""
        self.book.copy_(book.float())

    def embeddings(self) -> Tensor:
        """Return the embeddings of all words, (V, D)."""
        powers = torch.cat([self.book**power for power in range(1, _POWERS + 1)], dim=1)
        codes = functional.pad(self.read_code(powers), (0, 0, self.vocabulary.first_code, 0))
        return self.word_embedding + codes

    def forward(self, given: Mapping[str, Given], tokens_BK: Tensor) -> Tensor:
        """Return logits (B, K, V): position k predicts token k from conditions and tokens < k.

        Words that are impossible at a position have the logit -inf.
        """
        embeddings_VD = self.embeddings()
        words_BK = self.vocabulary.words(tokens_BK)
        x = torch.cat([self._head(given), embeddings_VD[words_BK[:, :-1]]], dim=1)
        x = self.input_dropout(x + self.position_embedding[: x.shape[1]])
        for block in self.blocks:
            x = block(x, causal=True)
        logits = self._logits(x[:, self.prefix.length :], embeddings_VD)
        return logits.masked_fill(~self.allowed[: tokens_BK.shape[1]], float("-inf"))

    def _head(self, given: Mapping[str, Given]) -> Tensor:
        prefix_BPD = self.prefix(given)
        start = self.start_embedding.to(prefix_BPD.dtype).expand(len(prefix_BPD), 1, -1)
        return torch.cat([prefix_BPD, start], dim=1)

    def _logits(self, x: Tensor, embeddings_VD: Tensor) -> Tensor:
        return functional.linear(self.norm(x), embeddings_VD, self.bias).float()


class Writer:
    """Incremental sampling state of a generator: one key-value cache per layer."""

    def __init__(self, model: Generator, given: Mapping[str, Given]) -> None:
        config = model.config
        self._model = model
        self._embeddings_VD = model.embeddings()
        head = model._head(given) + model.position_embedding[: model.prefix.length + 1]
        capacity = model.prefix.length + config.tokens
        self._caches = [
            KeyValueCache(len(head), config.heads, capacity, config.width // config.heads, head)
            for _ in range(config.layers)
        ]
        self._written = 0
        self.logits_BV = self._advance(head)

    def write(self, token_B: Tensor) -> None:
        """Append one token per shape; `logits_BV` then predicts the next.

        The logits cover only the possible next tokens: 13 symmetries, 96 side lengths or all codes.
        """
        model = self._model
        word_B = token_B + model.vocabulary.span(self._written).start
        x_B1D = self._embeddings_VD[word_B][:, None]
        self._written += 1
        x_B1D = x_B1D + model.position_embedding[model.prefix.length + self._written]
        self.logits_BV = self._advance(x_B1D)

    def _advance(self, x: Tensor) -> Tensor:
        for block, cache in zip(self._model.blocks, self._caches, strict=True):
            x = block(x, cache=cache)
        logits = self._model._logits(x[:, -1], self._embeddings_VD)
        return logits[:, self._model.vocabulary.span(self._written)]
