"""Parts shared by the families of hardware: threads, rings of holes, mounting plates."""

from __future__ import annotations

import numpy as np
from manifold3d import CrossSection, Manifold, OpType

from caddis.data.families.outlines import circle, rectangle, regular
from caddis.data.families.solids import turned


def upright(solid: Manifold) -> Manifold:
    """Stand a solid that lies face up on its lower edge (-y), so that it faces the front."""
    stood = solid.rotate((90, 0, 0))
    return stood.translate((0, 0, -stood.bounding_box()[2]))


def threaded(radius: float, length: float, turns: int, depth: float) -> Manifold:
    """Return an upright threaded rod from z = 0; its thread is approximated by rings."""
    pitch = length / turns
    profile = [(0.0, 0.0), (radius - depth, 0.0)]
    for turn in range(turns):
        low = turn * pitch
        profile += [(radius, low + 0.4 * pitch), (radius, low + 0.6 * pitch)]
        profile.append((radius - depth, low + pitch))
    return turned([*profile, (0.0, length)], 32)


def ring_of(hole: CrossSection, count: int, radius: float, first: float = 90.0) -> CrossSection:
    """Return `count` copies of an outline around the origin, the first at `first` degrees."""
    placed = hole.translate((radius, 0))
    turns = [first + 360.0 * number / count for number in range(count)]
    return CrossSection.batch_boolean([placed.rotate(turn) for turn in turns], OpType.Add)


def windows(outer: float, inner: float, spokes: int, width: float) -> CrossSection:
    """Return the openings between the spokes of a wheel, with rounded corners."""
    bars = ring_of(rectangle(2 * outer, width), spokes, outer)
    radius = 0.08 * (outer - inner)
    return (circle(outer) - circle(inner) - bars).offset(-radius).offset(radius)


def hexagon(across: float) -> CrossSection:
    """Return a hexagon of the given width across its flat sides."""
    return regular(6, across / np.sqrt(3.0))


def wing(reach: float, rise: float, root: float, high: float) -> Manifold:
    """Return the right ear of a wing nut: a disc at (reach, rise) joined to the hub at `root`."""
    disc = circle(4.2, 32).extrude(3.4).rotate((90, 0, 0)).translate((reach, 1.7, rise))
    foot = Manifold.cube((2, 3.4, 0.7 * high)).translate((root - 1, -1.7, 0.12 * high))
    return Manifold.batch_hull([disc, foot])


def screw_plate(half: float, is_round: bool) -> CrossSection:
    """Return a round or square mounting plate with four screw holes."""
    plate = circle(half) if is_round else rectangle(2 * half, 2 * half, 1.2)
    return plate - ring_of(circle(0.75, 20), 4, (0.73 if is_round else 0.9) * half, 45)
