"""What training and sampling need to know of a web model.

Shape letters: B batch, N nodes.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from caddis.generation.webs.learned.backbone import BackboneConfig
from caddis.generation.webs.learned.wishes import Asked, Wishes
from caddis.geometry.webs.graph import Floats, Indices


@dataclass(frozen=True)
class WebBatch:
    """B webs as padded tensors.

    Attributes:
        positions: (B, N, 3) float32, centred, in units of each web's mean edge length.
        adjacency: (B, N, N) bool, symmetric.
        wishes: What would have been asked to get these webs.
    """

    positions: Tensor
    adjacency: Tensor
    wishes: Wishes

    @property
    def mask(self) -> Tensor:
        """(B, N) bool: True where there is a node."""
        return self.wishes.mask(self.positions.shape[1])


@dataclass(frozen=True, eq=False)
class Draft:
    """A web as a model wrote it: perhaps in parts, or without threads.

    Attributes:
        nodes: (N, 3) float64.
        edges: (E, 2) int64, each pair once.
    """

    nodes: Floats
    edges: Indices


class WebModel(nn.Module, ABC):
    """A model that learns from batches of webs and writes webs.

    Attributes:
        about: What it does, in a sentence or two of the model card.
        config: Its shape.
        in_lengths: True if it writes in units of the mean edge length, False if in mm.
    """

    about: ClassVar[str]
    in_lengths = True

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        self.config = config

    def measure(self, batch: WebBatch) -> None:
        """Take from a large batch of training data what scales inputs."""

    @abstractmethod
    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the loss to minimise as "loss", beside what else is to be logged."""

    @abstractmethod
    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Write one web for each of `asked`; web i follows from asked[i] and seeds[i].

        Args:
            asked: What is asked of each.
            seeds: One a web.
            guidance: Strength of classifier-free guidance; the model's own usual one when None.
        """


def draft(nodes_N3: Tensor, adjacency_NN: Tensor) -> Draft:
    """Return a draft from positions and the lower half of an adjacency matrix."""
    edges = np.argwhere(np.tril(adjacency_NN.cpu().numpy(), -1))
    return Draft(nodes_N3.double().cpu().numpy(), edges.astype(np.int64))
