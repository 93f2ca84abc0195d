"""A small network that reads a distance grid around the surface and places generators.

Maruani et al. 2023, section on learning: a 3D convolution over a grid of signed distances gives a
generator and its occupancy for each voxel near the surface. Here it is one 7 x 7 x 7
convolution and some 1 x 1 x 1 ones, evaluated at the grid's corners near the surface only: the
same numbers as over the whole grid, at a tenth of the cost. Lengths are in cells, so one set of
weights serves every grid.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from geometry.voromesh.representation import VoroMesh

REACH = 3  # corners on each side that a generator sees
BAND = 1.1  # cells: both ends of every grid edge that the surface crosses, and thin walls
CLIP = 1.7  # cells; `sparse_grid` is exact up to sqrt(3) with a Lipschitz bound of 2
_LOGIT_PER_CELL = 4.0  # before training the label is the sign of the distance


class Network(nn.Module):
    """From the distances around a corner to an offset and a logit of being inside.

    Args:
        width: Channels of the hidden layers.
        depth: Hidden layers after the first.
    """

    def __init__(self, width: int = 96, depth: int = 2) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear((2 * REACH + 1) ** 3, width), nn.ReLU()]
        for _ in range(depth):
            layers += [nn.Linear(width, width), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(width, 4)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, patches_NP: Tensor) -> tuple[Tensor, Tensor]:
        """Return offsets (N, 3) of up to a cell and logits (N,) for patches in cells (N, 343)."""
        out_N4 = self.head(self.layers(patches_NP))
        own_N = patches_NP[:, patches_NP.shape[1] // 2]
        return torch.tanh(out_N4[:, :3]), out_N4[:, 3] - _LOGIT_PER_CELL * own_N


def near_surface(cells: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the corners (N, 3) of a grid of distances in cells that get a generator."""
    return np.argwhere(np.abs(cells) <= BAND)


def patches(cells: NDArray[np.float32], corners: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the clipped distances (N, 343) around corners (N, 3); beyond the grid is far out."""
    padded = np.pad(np.clip(cells, -CLIP, CLIP), REACH, constant_values=CLIP)
    strides = np.array([padded.shape[1] * padded.shape[2], padded.shape[2], 1])
    around = np.argwhere(np.ones((2 * REACH + 1,) * 3)) @ strides
    return np.asarray(padded.reshape(-1)[(corners @ strides)[:, None] + around])


def predict(network: Network, values: NDArray[np.float32], bound: float) -> VoroMesh:
    """Return the generators that the network places for a grid of distances.

    Args:
        network: Trained weights.
        values: (R + 1,) * 3 signed distances over [-bound, bound]^3, exact near the surface.
        bound: Half-width of the box.
    """
    cell = 2.0 * bound / (len(values) - 1)
    cells = (values / cell).astype(np.float32)
    corners = near_surface(cells)
    with torch.no_grad():
        offset_N3, logit_N = network(torch.from_numpy(patches(cells, corners)))
    offset = offset_N3.numpy().astype(np.float64)
    return VoroMesh((corners + offset) * cell - bound, logit_N.numpy() > 0.0)


def grid_start(values: NDArray[np.float32], bound: float) -> VoroMesh:
    """Return the same corners unmoved, labelled by the sign of their distance."""
    cell = 2.0 * bound / (len(values) - 1)
    corners = near_surface((values / cell).astype(np.float32))
    return VoroMesh(corners.astype(np.float64) * cell - bound, values[tuple(corners.T)] < 0.0)
