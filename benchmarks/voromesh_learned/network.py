"""A small network that reads a distance grid around the surface and places generators.

Maruani et al. 2023 learn a generator and its occupancy for each voxel near the surface. Here each
corner near the surface gives a pair of them, one inside and one outside, mirrored in a plane that
the network places: untrained that is the tangent plane at the corner's foot on the surface, as
`geometry.voromesh.start` has it. So occupancies are right by construction, and training starts
from a surface, not from noise. Lengths are in cells: one set of weights serves every grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from geometry.voromesh.representation import VoroMesh

REACH = 3  # corners on each side that a pair sees
CLIP = 1.7  # cells; `sparse_grid` is exact up to sqrt(3) with a Lipschitz bound of 2
OWNERS = 0.55  # cells; corners so near get a pair, one for each square cell of the surface
GUARDS = (0.7, 1.3)  # cells; corners in between stay, to cut off what runs away from the surface
HALF_GAP = 0.35  # cells between a generator and its plane, before training

_SIDE = 2 * REACH + 1
_AROUND = np.argwhere(np.ones((_SIDE,) * 3)) - REACH  # (343, 3)
_TURNS = np.array(  # (48, 3, 3): the cube's symmetries; row k holds the image of axis k
    [
        np.diag(signs)[list(order)]
        for order in permutations(range(3))
        for signs in product((1, -1), repeat=3)
    ]
)


class Network(nn.Module):
    """From what is seen around corners to mirrored pairs.

    Args:
        width: Channels of the hidden layers.
        depth: Hidden layers after the first.
    """

    def __init__(self, width: int = 128, depth: int = 2) -> None:
        super().__init__()
        layers: list[nn.Module] = [nn.Linear(_SIDE**3 + 4, width), nn.ReLU()]
        for _ in range(depth):
            layers += [nn.Linear(width, width), nn.ReLU()]
        self.layers = nn.Sequential(*layers)
        self.head = nn.Linear(width, 7)
        nn.init.zeros_(self.head.weight)  # untrained, the foot and the gradient are kept
        nn.init.zeros_(self.head.bias)

    def forward(self, seen: Seen) -> tuple[Tensor, Tensor]:
        """Return the generators inside and outside (N, 3), from the corner, in cells."""
        features_NC, own_N1, normal_N3, turn_N33 = (
            torch.from_numpy(array) for array in (seen.features, seen.own, seen.normals, seen.turns)
        )
        out_N7 = self.head(self.layers(features_NC))
        foot_N3 = torch.tanh(out_N7[:, :3]) - own_N1 * normal_N3
        normal_N3 = nn.functional.normalize(normal_N3 + out_N7[:, 3:6], dim=1, eps=1e-3)
        gap_N3 = HALF_GAP * torch.exp(out_N7[:, 6:].clamp(-3.0, 1.0)) * normal_N3
        both_2N3 = torch.stack([foot_N3 - gap_N3, foot_N3 + gap_N3])
        inside_N3, outside_N3 = torch.einsum("snk,nkx->snx", both_2N3, turn_N33)
        return inside_N3, outside_N3


@dataclass(frozen=True)
class Seen:
    """What the network reads at N corners, each turned so that its slopes fall from x to z >= 0.

    Attributes:
        features: (N, 347) float32: distances around it less those of its tangent plane; its own
            distance and normal.
        own: (N, 1) float32 distance, in cells.
        normals: (N, 3) float32 unit gradient.
        turns: (N, 3, 3) float32; a turned vector times this is the vector in the grid's axes.
    """

    features: NDArray[np.float32]
    own: NDArray[np.float32]
    normals: NDArray[np.float32]
    turns: NDArray[np.float32]


def owners(cells: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the corners (N, 3) of a grid of distances in cells that get a pair."""
    return np.argwhere(np.abs(cells) <= OWNERS)


def guards(cells: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the corners (N, 3) that are generators themselves, labelled by their sign."""
    far = np.abs(cells)
    return np.argwhere((far >= GUARDS[0]) & (far <= GUARDS[1]))


def see(cells: NDArray[np.float32], corners: NDArray[np.int64]) -> Seen:
    """Read a grid of distances in cells around corners (N, 3); beyond the grid is far out."""
    padded = np.pad(np.clip(cells, -CLIP, CLIP), REACH, constant_values=CLIP)
    strides = np.array([padded.shape[1] * padded.shape[2], padded.shape[2], 1])
    flat, here = padded.reshape(-1), (corners + REACH) @ strides
    slopes = (flat[here[:, None] + strides] - flat[here[:, None] - strides]) / 2.0
    turns = _turns(slopes)
    patches = flat[here[:, None] + (_AROUND @ _TURNS @ strides)[turns]]
    turned = np.einsum("nkx,nx->nk", _TURNS[turns], slopes)
    own, normals = (
        flat[here][:, None],
        turned / np.linalg.norm(turned, axis=1, keepdims=True).clip(1e-3),
    )
    plane = np.clip(own + normals @ _AROUND.T, -CLIP, CLIP)
    features = np.concatenate([patches - plane, own, normals], axis=1)
    return Seen(*(array.astype(np.float32) for array in (features, own, normals, _TURNS[turns])))


def _turns(slopes: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return for each slope (N, 3) which of the 48 symmetries makes it fall from x to z >= 0."""
    fall = np.array([9.0, 3.0, 1.0])
    return np.asarray(np.einsum("skx,nx,k->ns", _TURNS, slopes, fall).argmax(axis=1))


def predict(network: Network, values: NDArray[np.float32], bound: float) -> VoroMesh:
    """Return the generators that the network places for a grid of distances.

    Args:
        network: Trained or not.
        values: (R + 1,) * 3 signed distances over [-bound, bound]^3, exact near the surface.
        bound: Half-width of the box.
    """
    cell = 2.0 * bound / (len(values) - 1)
    cells = (values / cell).astype(np.float32)
    corners, fixed = owners(cells), guards(cells)
    with torch.no_grad():
        inside, outside = network(see(cells, corners))
    places = np.concatenate([corners + inside.numpy(), corners + outside.numpy(), fixed])
    labels = np.concatenate(
        [np.arange(2 * len(corners)) < len(corners), cells[tuple(fixed.T)] < 0.0]
    )
    return VoroMesh(places.astype(np.float64) * cell - bound, labels)
