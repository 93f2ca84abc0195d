"""Load cases: clamp two ends of a web, pull them apart, and compute stiffness and forces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from annotated_types import Interval

from caddis.geometry.errors import ConfigError, MechanismError
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.options.kinds import Axis
from caddis.geometry.webs.editing import cut_out
from caddis.geometry.webs.graph import Floats, Indices, Mask, Web
from caddis.geometry.webs.mechanics.frame import checked_lengths, frame_stiffness
from caddis.geometry.webs.mechanics.material import PLA, Material, area
from caddis.geometry.webs.mechanics.pins import pin_stiffness
from caddis.geometry.webs.mechanics.solving import solve

Joints = Literal["rigid", "pinned", "cable"]
"""rigid: beams; pinned: bars; cable: bars stiffened by the tension they were built with."""

_CLAMP_SHARE = 0.03
"""Nodes are clamped if their distance from either end is within this share of the web's extent."""


@dataclass(frozen=True)
class Stiffness:
    """Stiffness and weight of a web under one load case.

    Attributes:
        axis: Direction of the pull.
        modulus_mpa: Effective Young's modulus: reaction / cross-section of the bounding box, over
            displacement / extent of the web. Each side of the box counts as at least the
            thickest strut's diameter.
        relative_density: Volume of the struts over that of the bounding box.
        mass_g: Mass of the struts; where they overlap at joints it counts more than once.
        specific: Stiffness to weight: modulus_mpa over the apparent density in g/cm3.
        modulus_share: modulus_mpa over that of the material, over the relative density: 1 if all
            struts ran along the pull.
        force_n: Reaction at a strain of 1.
        largest_force_n: Largest axial force of a strut at that strain.
    """

    axis: Axis
    modulus_mpa: float
    relative_density: float
    mass_g: float
    specific: float
    modulus_share: float
    force_n: float
    largest_force_n: float


@dataclass(frozen=True, eq=False)
class Response:
    """The web under one load case.

    Attributes:
        stiffness: Its stiffness and weight.
        web: The parts of the web that join both clamps.
        displacements: (N, 3) displacements of its nodes in mm at a strain of 1.
        axial_n: (E,) axial forces of its struts in N at a strain of 1, positive in tension.
    """

    stiffness: Stiffness
    web: Web
    displacements: Floats
    axial_n: Floats


@checked_arguments
def stretch(
    web: Web,
    axis: Axis = "x",
    *,
    material: Material = PLA,
    joints: Joints = "rigid",
    pull_n: Annotated[float, Interval(ge=0)] = 0.0,
) -> Response:
    """Clamp the nodes at both ends of a web along an axis and pull one end.

    Clamped nodes move with their clamp and, with rigid joints, do not turn. Parts that do not
    join both clamps are left out. The analysis is linear, so results are given at a strain of 1.

    Args:
        web: A web with radii.
        axis: Direction of the pull.
        material: Material of all struts.
        joints: See `Joints`.
        pull_n: For cables: the force in N of a thread of tension 1.

    Raises:
        BrokenWebError: No radii, or an edge without length.
        ConfigError: An argument has the wrong type or is outside its range, or cables without
            tension.
        MechanismError: Nothing joins the clamps, or what does moves without resistance.

    Example:
        >>> import caddis
        >>> solid = caddis.web_solid(caddis.build_web("orb", 3), caddis.SolidOptions(size_mm=80))
        >>> wide, tall = (caddis.stretch(solid.web, axis).stiffness for axis in "xz")
        >>> wide.modulus_mpa > 0, round(wide.mass_g, 1) == round(tall.mass_g, 1)
        (True, True)
    """
    checked_lengths(web)
    along = "xyz".index(axis)
    low, high = web.nodes.min(axis=0), web.nodes.max(axis=0)
    carrying = cut_out(web, _carrying(web, along, low, high))
    clamped, pulled = _clamps(carrying, along, low, high)
    distance = float(high[along] - low[along])
    freedoms = 6 if joints == "rigid" else 3
    matrix = (
        frame_stiffness(carrying, material)
        if joints == "rigid"
        else pin_stiffness(carrying, material, _pull(carrying, joints, pull_n))
    )
    given = np.repeat(clamped, freedoms)
    values = np.zeros((len(carrying.nodes), freedoms))
    values[pulled, along] = distance  # a strain of 1
    solved = solve(matrix, given, values.ravel())
    force = float(solved.forces.reshape(-1, freedoms)[pulled, along].sum())
    moves = solved.displacements.reshape(-1, freedoms)[:, :3]
    axial = axial_forces(carrying, moves, material)
    figures = _figures(web, axis, material, force, float(np.abs(axial).max(initial=0.0)))
    return Response(figures, carrying, moves, axial)


def axial_forces(web: Web, displacements: Floats, material: Material) -> Floats:
    """Return (E,) E A / L times the change of length to first order, N, positive in tension."""
    lengths = checked_lengths(web)
    assert web.radii is not None  # noqa: S101  # checked just above
    one, two = web.edges.T
    gain = ((displacements[two] - displacements[one]) * web.vectors).sum(axis=1) / lengths
    return np.asarray(material.young_mpa * area(web.radii) / lengths * gain)


def _carrying(web: Web, along: int, low: Floats, high: Floats) -> Indices:
    """Return the nodes of the parts that reach both clamps."""
    clamped, pulled = _clamps(web, along, low, high)
    held = clamped & ~pulled
    parts = web.parts
    both = np.intersect1d(parts[held], parts[pulled])
    nodes = np.flatnonzero(np.isin(parts, both))
    if not len(nodes):
        raise MechanismError(
            "no part of the web joins the two clamps", "xyz"[along], "Pull along another axis."
        )
    return nodes


def _clamps(web: Web, along: int, low: Floats, high: Floats) -> tuple[Mask, Mask]:
    """Return (N,) bool twice: the nodes clamped at either end, and those of the pulled end."""
    place, extent = web.nodes[:, along], float(high[along] - low[along])
    if not extent > 0.0:
        raise MechanismError("the web has no extent along this axis", "xyz"[along])
    margin = _CLAMP_SHARE * extent
    pulled = place >= high[along] - margin
    return np.asarray(pulled | (place <= low[along] + margin)), np.asarray(pulled)


def _pull(web: Web, joints: Joints, pull_n: float) -> Floats | None:
    if joints == "pinned":
        return None
    if web.tensions is None or not pull_n > 0.0:
        raise ConfigError("a cable needs tensions and a pull above 0 N", "tensions, pull_n")
    return np.asarray(web.tensions * pull_n)


def _figures(web: Web, axis: Axis, material: Material, force: float, largest: float) -> Stiffness:
    assert web.radii is not None  # noqa: S101  # checked by `stretch`
    along = "xyz".index(axis)
    thick = 2.0 * float(web.radii.max())
    sides = np.maximum(np.ptp(web.nodes, axis=0), thick)
    box = float(sides.prod())
    volume = float((area(web.radii) * web.lengths).sum())
    modulus = force / (box / float(sides[along]))
    relative = volume / box
    return Stiffness(
        axis=axis,
        modulus_mpa=modulus,
        relative_density=relative,
        mass_g=volume * material.density / 1000.0,
        specific=modulus / (relative * material.density),
        modulus_share=modulus / material.young_mpa / relative,
        force_n=force,
        largest_force_n=largest,
    )
