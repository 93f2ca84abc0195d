"""Frames: the symmetry and the bounding box of each shape of a batch, and their tokens.

A frame folds a shape by its symmetry and stretches the rest to fill [-1, 1] on each axis. Mirror
images therefore match exactly, solids of revolution are exactly round, and thin shapes use the
whole resolution. Shape letters: B batch, N points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import torch
from torch import Tensor
from torch.nn import functional

from caddis.geometry.symmetry import SYMMETRIES, Symmetry

LEVELS = 96
SMALLEST_SIDE = 0.012

_STEP = -math.log(SMALLEST_SIDE) / (LEVELS - 1)


@dataclass(frozen=True)
class _Kinds:
    """Properties of the S symmetries as tensors on one device.

    Attributes:
        mirrored: (S, 3) bool, axes across which the shape is a mirror image.
        folded: (S, 3) bool, axes that are folded: the mirrored ones, and the radius of a solid of
            revolution (stored as x).
        revolved: (S, 1) bool.
        extruded: (S, 3) bool, the axis along which the shape is an extrusion.
    """

    mirrored: Tensor
    folded: Tensor
    revolved: Tensor
    extruded: Tensor


@cache
def _kinds(device: torch.device) -> _Kinds:
    """Return the table on a device; it is copied there only once."""
    mirrored = torch.tensor([kind.mirrored for kind in SYMMETRIES])
    revolved = torch.tensor([[kind.revolved] for kind in SYMMETRIES])
    extruded = torch.tensor([[kind.extruded == axis for axis in range(3)] for kind in SYMMETRIES])
    folded = mirrored | (revolved & torch.tensor([True, False, False]))
    return _Kinds(*(table.to(device) for table in (mirrored, folded, revolved, extruded)))


def side_length(levels: Tensor) -> Tensor:
    """Return the side lengths of levels 0 to 95, logarithmic from 0.012 to 1."""
    return torch.exp(_STEP * (levels.double() - (LEVELS - 1))).float()


def side_level(sides: Tensor) -> Tensor:
    """Return the levels (int64) of side lengths, rounded up so that the shape fits its frame."""
    position = (LEVELS - 1) + torch.log(sides.double().clamp(min=1e-9)) / _STEP
    return torch.ceil(position - 1e-5).long().clamp(0, LEVELS - 1)


@dataclass(frozen=True)
class Frames:
    """The frames of B shapes.

    Attributes:
        symmetry: (B,) int64, indices into `caddis.geometry.symmetry.SYMMETRIES`.
        level: (B, 3) int64, levels of the sides of the box along x, y and z.
    """

    symmetry: Tensor
    level: Tensor

    @classmethod
    def around(cls, symmetry: Tensor, sides: Tensor) -> Frames:
        """Return the smallest frames that contain boxes with the given sides (B, 3).

        For a solid of revolution, the sides along x and y both become the larger of the two.
        """
        widest = sides[:, :2].max(dim=1, keepdim=True).values.expand(-1, 2)
        revolved_B1 = _kinds(symmetry.device).revolved[symmetry]
        across = torch.where(revolved_B1, widest, sides[:, :2])
        return cls(symmetry, side_level(torch.cat([across, sides[:, 2:]], dim=1)))

    @classmethod
    def from_tokens(cls, tokens_B4: Tensor) -> Frames:
        """Return the frames with the given tokens (B, 4)."""
        return cls(tokens_B4[:, 0], tokens_B4[:, 1:])

    @property
    def tokens(self) -> Tensor:
        """(B, 4) int64: the symmetry, then the levels along x, y and z."""
        return torch.cat([self.symmetry[:, None], self.level], dim=1)

    @property
    def sides(self) -> Tensor:
        """(B, 3) float32 side lengths."""
        return side_length(self.level)

    def kind(self, row: int) -> Symmetry:
        """Return the symmetry of one shape."""
        return SYMMETRIES[int(self.symmetry[row])]

    def to(self, device: torch.device) -> Frames:
        """Return the frames on a device."""
        return Frames(self.symmetry.to(device), self.level.to(device))

    def fold(self, points_BN3: Tensor) -> Tensor:
        """Return the frame coordinates of points, (B, N, 3).

        Inside the box, every coordinate is in [-1, 1]. A folded axis runs from the plane or axis
        of symmetry (-1) to the outside (1), and along the axis of an extrusion all are 0.
        """
        kinds = self._kinds
        points = torch.where(kinds.revolved, _profile(points_BN3), points_BN3)
        folded = kinds.folded
        unit = torch.where(folded, points.abs(), points) * (2.0 / self.sides[:, None])
        unit = torch.where(folded, 2.0 * unit - 1.0, unit)
        return unit.masked_fill(kinds.extruded, 0.0)

    def fold_normals(self, points_BN3: Tensor, normals_BN3: Tensor) -> Tensor:
        """Return unit normals in frame coordinates, (B, N, 3).

        Stretching a surface multiplies its normals by the inverse factors.
        """
        kinds = self._kinds
        outward = functional.normalize(points_BN3[..., :2], dim=-1, eps=1e-9)
        radial = (normals_BN3[..., :2] * outward).sum(-1)
        turned = torch.stack([radial, torch.zeros_like(radial), normals_BN3[..., 2]], dim=-1)
        flipped = normals_BN3 * torch.where(kinds.mirrored & (points_BN3 < 0), -1.0, 1.0)
        stretch = self.sides[:, None] / torch.where(kinds.folded, 4.0, 2.0)
        normals = torch.where(kinds.revolved, turned, flipped) * stretch
        return functional.normalize(normals, dim=-1, eps=1e-9)

    def box_distance(self, points_BN3: Tensor) -> Tensor:
        """Return the signed distances (B, N) to the surfaces of the boxes.

        For a solid of revolution, the cylinder inscribed in the box replaces the box.
        """
        points = torch.where(self._kinds.revolved, _profile(points_BN3), points_BN3)
        beyond = points.abs() - self.sides[:, None] / 2.0
        outside: Tensor = torch.linalg.vector_norm(beyond.clamp(min=0.0), dim=-1)
        return outside + beyond.max(dim=-1).values.clamp(max=0.0)

    def bounded(self, distance_BN: Tensor, points_BN3: Tensor) -> Tensor:
        """Return distances (B, N), at least those to the boxes, which contain the shapes."""
        return torch.maximum(distance_BN, self.box_distance(points_BN3))

    @property
    def _kinds(self) -> _Kinds:
        """The table's row for each shape, (B, 1, 3) or (B, 1, 1)."""
        every = _kinds(self.symmetry.device)
        tables = (every.mirrored, every.folded, every.revolved, every.extruded)
        return _Kinds(*(table[self.symmetry][:, None] for table in tables))


def _profile(points_BN3: Tensor) -> Tensor:
    radius = torch.linalg.vector_norm(points_BN3[..., :2], dim=-1)
    return torch.stack([radius, torch.zeros_like(radius), points_BN3[..., 2]], dim=-1)
