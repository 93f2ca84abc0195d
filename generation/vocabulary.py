"""The generator's vocabulary: symmetries, then side lengths, then codes.

A token is numbered from 0 within its kind; a word is numbered over all kinds together.
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
    """Vocabulary for frames and coarse codes.

    Attributes:
        codes: Number of codes of a coarse cell.
    """

    codes: int

    @property
    def first_code(self) -> int:
        """Word of code 0."""
        return len(SYMMETRIES) + LEVELS

    @property
    def size(self) -> int:
        """Number of words."""
        return self.first_code + self.codes

    def span(self, position: int) -> slice:
        """Return the words that are possible at a position."""
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
        """Return which words are possible at the first `count` positions, (count, size) bool."""
        mask = torch.zeros(count, self.size, dtype=torch.bool)
        for position in range(count):
            mask[position, self.span(position)] = True
        return mask
