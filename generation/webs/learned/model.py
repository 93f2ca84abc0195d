"""The interface between web models and their training and sampling.

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
        wishes: Conditions that describe these webs.
    """

    positions: Tensor
    adjacency: Tensor
    wishes: Wishes

    @property
    def mask(self) -> Tensor:
        """(B, N) bool: True for nodes, False for padding."""
        return self.wishes.mask(self.positions.shape[1])


@dataclass(frozen=True, eq=False)
class Draft:
    """A web as a model wrote it; it may be unconnected or have no threads.

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
        config: Shape of the model.
        in_lengths: True if it writes in units of the mean edge length, False if in mm.
    """

    about: ClassVar[str]
    in_lengths = True

    def __init__(self, config: BackboneConfig) -> None:
        super().__init__()
        self.config = config

    def measure(self, batch: WebBatch) -> None:
        """Measure the normalisation of the inputs on a large batch of training data."""

    @abstractmethod
    def losses(self, batch: WebBatch, random: torch.Generator) -> dict[str, Tensor]:
        """Return the loss to minimise as "loss", and further values to log."""

    @abstractmethod
    def write(
        self, asked: Sequence[Asked], seeds: Sequence[int], guidance: float | None = None
    ) -> list[Draft]:
        """Sample one web for each of `asked`; web i depends only on asked[i] and seeds[i].

        Args:
            asked: Completed condition of each web.
            seeds: One seed per web.
            guidance: Strength of classifier-free guidance; None takes the model's default.
        """


def draft(nodes_N3: Tensor, adjacency_NN: Tensor) -> Draft:
    """Return a draft from positions and the lower half of an adjacency matrix."""
    edges = np.argwhere(np.tril(adjacency_NN.cpu().numpy(), -1))
    return Draft(nodes_N3.double().cpu().numpy(), edges.astype(np.int64))
