"""What is wished of an object's size and symmetry, as tokens of its frame and as factors in mm.

The frame is the first thing that the generator writes. A wish replaces what it drew there, so that
the cells which follow are written for the wished proportions; the mesh is then scaled to the
millimetre.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from caddis.generation.request import Request
from caddis.generation.tokenizer.frames import side_length, side_level
from caddis.geometry.errors import ConfigError
from caddis.geometry.symmetry import SYMMETRIES

_NAMES = [kind.name for kind in SYMMETRIES]
_REVOLVED = _NAMES.index("revolved")
_QUARTERED = _NAMES.index("xy")
_SAME = 1e-6  # sides that differ by less, relatively, are the same


@dataclass(frozen=True)
class WishedFrame:
    """A wish; what is None is left to the generator.

    Attributes:
        symmetry: Name of the symmetry.
        sides_mm: Width (x), depth (y) and height (z).
        longest_mm: The longest side, whichever it is.
    """

    symmetry: str | None = None
    sides_mm: tuple[float | None, float | None, float | None] = (None, None, None)
    longest_mm: float | None = None

    @classmethod
    def of(cls, request: Request) -> WishedFrame:
        """Return the wish of a request.

        Raises:
            ConfigError: Its sizes contradict each other, or its symmetry.
        """
        sides = (request.wide_mm, request.deep_mm, request.height_mm)
        if request.size_mm is not None:
            if any(side is not None for side in sides) or request.longest_mm is not None:
                raise ConfigError(
                    "size_mm states all sides", "height_mm, wide_mm, deep_mm, longest_mm",
                    "Give size_mm, or the others.",
                )  # fmt: skip
            sides = parse_size(request.size_mm)
        longest = request.longest_mm
        known = [side for side in sides if side is not None]
        if longest is not None and any(side > longest * (1 + _SAME) for side in known):
            raise ConfigError(
                f"a side of {max(known):g} mm is longer than the longest side of {longest:g} mm",
                "longest_mm",
            )
        if longest is not None and len(known) == 3 and max(known) < longest * (1 - _SAME):
            raise ConfigError(f"no side is {longest:g} mm long", "longest_mm", "Leave it out.")
        wide, deep = sides[0], sides[1]
        if request.symmetry == "revolved" and None not in {wide, deep} and wide != deep:
            raise ConfigError(
                f"a solid of revolution is as wide as deep, not {wide:g} by {deep:g} mm", "symmetry"
            )
        return cls(request.symmetry, sides, longest)

    @property
    def symmetry_token(self) -> int:
        """The token of the wished symmetry, which there must be."""
        return _NAMES.index(str(self.symmetry))

    @property
    def changes_frames(self) -> bool:
        """Whether the generator's frames must be changed to meet the wish."""
        return self.symmetry is not None or self.fixes_proportions

    @property
    def states_lengths(self) -> bool:
        """Whether any length is stated."""
        return self.longest_mm is not None or any(side is not None for side in self.sides_mm)

    @property
    def fixes_proportions(self) -> bool:
        """Whether more than one length is stated."""
        stated = sum(side is not None for side in self.sides_mm) + (self.longest_mm is not None)
        return stated > 1

    def tokens(self, drawn_B4: Tensor) -> Tensor:
        """Return the frame tokens (B, 4) that are nearest to drawn ones and meet the wish."""
        symmetry = drawn_B4[:, 0].clone()
        if self.symmetry is not None:
            symmetry[:] = self.symmetry_token
        wide, deep, _ = self.sides_mm
        if wide is not None and deep is not None and wide != deep:
            symmetry[symmetry == _REVOLVED] = _QUARTERED
        levels = drawn_B4[:, 1:]
        if self.fixes_proportions:
            sides_B3 = np.stack([self.sizes(row) for row in side_length(levels).double().numpy()])
            shares = torch.from_numpy(sides_B3 / sides_B3.max(axis=1, keepdims=True))
            levels = side_level(shares)
        round_ = (symmetry == _REVOLVED)[:, None].expand(-1, 2)
        across = levels[:, :2].max(dim=1, keepdim=True).values.expand(-1, 2)
        levels = torch.cat([torch.where(round_, across, levels[:, :2]), levels[:, 2:]], dim=1)
        return torch.cat([symmetry[:, None], levels], dim=1)

    def sizes(self, sides: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sides (3,) in mm for a box (3,) of any unit.

        Stated sides are met exactly. The others are scaled by the mean (geometric) of what the
        stated ones are scaled by, or so that the longest is as long as stated.
        """
        known = np.array([side is not None for side in self.sides_mm])
        wished = np.array([side or 0.0 for side in self.sides_mm])
        scale = 1.0
        if known.any():
            scale = float(np.exp(np.log(wished[known] / sides[known]).mean()))
        sizes = np.where(known, wished, sides * scale)
        if self.longest_mm is not None and not known.all():
            rest = sizes[~known]
            if not known.any() or wished.max() < self.longest_mm * (1 - _SAME):
                rest = rest * (self.longest_mm / rest.max())
            sizes[~known] = np.minimum(rest, self.longest_mm)
        return sizes


def parse_size(text: str) -> tuple[float, float, float]:
    """Read "200x80x60": width, depth and height in mm.

    Raises:
        ConfigError: It is not three lengths from .1 to 2000.
    """
    parts = re.split(r"\s*[x×*,;\s]\s*", text.strip().lower().removesuffix("mm").strip())
    try:
        wide, deep, tall = (float(part) for part in parts)
    except ValueError:
        raise ConfigError(
            f"size_mm must be width x depth x height, such as 200x80x60, not {text!r}"
        ) from None
    if not all(0.1 <= side <= 2000.0 for side in (wide, deep, tall)):
        raise ConfigError(f"the sides of size_mm must be .1 to 2000 mm, not {text!r}")
    return wide, deep, tall
