"""The words of the generator: symmetries, side lengths and codes, one after the other.

A token is counted from 0 at its own position; a word is counted over all kinds of tokens.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from caddis.generation.config import FRAME_TOKENS
from caddis.generation.tokenizer.frames import LEVELS
from caddis.geometry.symmetry import SYMMETRIES


@dataclass(frozen=True)
class Vocabulary:
    """Words of a generator that writes frames and codes.

    Attributes:
        codes: Codes that a coarse cell can have.
    """

    codes: int

    @property
    def first_code(self) -> int:
        """The word of code 0."""
        return len(SYMMETRIES) + LEVELS

    @property
    def size(self) -> int:
        """Number of words."""
        return self.first_code + self.codes

    def span(self, position: int) -> slice:
        """Return the words that can stand at a position."""
        if position == 0:
            return slice(0, len(SYMMETRIES))
        if position < FRAME_TOKENS:
            return slice(len(SYMMETRIES), self.first_code)
        return slice(self.first_code, self.size)

    def words(self, tokens_BK: Tensor) -> Tensor:
        """Return the words (B, K) of tokens (B, K)."""
        starts = [self.span(position).start for position in range(tokens_BK.shape[1])]
        return tokens_BK + torch.tensor(starts, device=tokens_BK.device)

    def allowed(self, count: int) -> Tensor:
        """Return which words can stand at the first `count` positions, (count, size) bool."""
        mask = torch.zeros(count, self.size, dtype=torch.bool)
        for position in range(count):
            mask[position, self.span(position)] = True
        return mask
