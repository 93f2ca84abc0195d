"""Helmets, facing the front: with horns, with a brim, crash helmets."""

from __future__ import annotations

import numpy as np
from manifold3d import Manifold

from caddis.data.families.arms_parts import dome
from caddis.data.families.family import Draw, Family, Shape
from caddis.data.families.figures_parts import blob, cone, filled, fin, limb
from caddis.data.families.outlines import rectangle
from caddis.data.families.solids import arc, both_sides, box, cylinder, minus, turned, union


def build(draw: Draw) -> Shape:
    """Draw one helmet; lengths are in centimetres."""
    makers = {"viking helmet": _viking, "soldier's helmet": _soldier, "crash helmet": _crash}
    kind = draw.pick("kind", tuple(makers))
    ridge = draw.pick("crest", ("plain", "ridge")) == "ridge"
    solid = filled(makers[kind](draw, draw.between(10, 12.5), ridge))
    nouns = ("helmet", kind) if kind != "crash helmet" else ("helmet", "motorcycle helmet", kind)
    return Shape(solid.translate((0, 0, -solid.bounding_box()[2])), nouns)


def _crest(radius: float, tall: float, thick: float) -> Manifold:
    """Return a low ridge over the middle, from the front to the back."""
    return fin(arc(1.0, 0, 180, 20, (radius, tall)), thick)


def _viking(draw: Draw, radius: float, ridge: bool) -> Manifold:
    tall = draw.between(1.05, 1.35) * radius
    rim = cylinder(1.0, 0.28 * radius, (0, 0, -0.14 * radius))
    parts = [dome(radius, tall, 0.12 * radius), rim.scale((1.07 * radius, 1.19 * radius, 1))]
    reach, rise = draw.between(0.7, 1.0) * radius, draw.between(0.9, 1.4) * radius
    path = [(0.8 * radius, 0.38 * radius), (radius + 0.5 * reach, 0.5 * radius),
            (radius + 0.85 * reach, 0.5 * (radius + rise)),
            (radius + 0.75 * reach, 0.5 * radius + rise)]  # fmt: skip
    root, elbow, knee, tip = ((x, 0.0, z) for x, z in path)
    horn = [limb(root, elbow, 0.27 * radius, 0.22 * radius),
            limb(elbow, knee, 0.22 * radius, 0.14 * radius),
            cone(knee, tip, 0.14 * radius)]  # fmt: skip
    parts.append(both_sides(union(horn)))
    if ridge:
        parts.append(_crest(1.22 * radius, 1.12 * tall, 0.2 * radius))
    wide = 0.22 * radius
    nose = box((wide, wide, 0.8 * radius), (0, -1.12 * radius, -0.72 * radius), 0.4)
    return minus(union(parts), [dome(0.86 * radius, 0.86 * tall, 2 * radius)]) + nose


def _soldier(draw: Draw, radius: float, ridge: bool) -> Manifold:
    tall, flare = draw.between(0.95, 1.1) * radius, draw.between(1.18, 1.35) * radius
    side = [(radius * np.cos(a), tall * np.sin(a)) for a in np.linspace(0.25, 1.5, 12)]
    edge = [(0, -0.35 * radius), (flare, -0.35 * radius), (flare, -0.25 * radius)]
    outer = turned([*edge, (1.02 * radius, 0.05 * radius), *side, (0, tall)]).scale((1, 1.15, 1))
    if ridge:
        outer += _crest(1.16 * radius, 1.08 * tall, 0.18 * radius)
    hood = minus(outer, [dome(0.86 * radius, 0.87 * tall, radius)])
    ear, jaw, chin = ((x * radius, y * radius, z * radius) for x, y, z in (
        (0.92, 0, -0.3), (0.45, -0.2, -1.1), (0, -0.2, -1.1)))  # fmt: skip
    strap = limb(ear, jaw, 0.09 * radius) + limb(chin, jaw, 0.09 * radius)
    return hood + both_sides(strap)


def _crash(draw: Draw, radius: float, ridge: bool) -> Manifold:
    ball = Manifold.sphere(radius, 48).scale((1, 1.15, 1.08))
    chin = Manifold.batch_hull([
        blob((0, 0.1 * radius, -0.55 * radius), (0.92 * radius, 0.95 * radius, 0.4 * radius)),
        blob((0, -0.75 * radius, -0.6 * radius), (0.55 * radius, 0.5 * radius, 0.34 * radius)),
    ])  # fmt: skip
    inner = blob((0, 0, -0.1 * radius), (0.82 * radius, 0.92 * radius, 0.88 * radius), 40)
    inner += cylinder(0.78 * radius, 2 * radius, (0, 0.08 * radius, -2.1 * radius))
    face = rectangle(1.46 * radius, 0.6 * radius, 0.2 * radius).translate((0, 0.02 * radius))
    window = face.extrude(2 * radius).rotate((90, 0, 0))
    shell = (ball + chin).trim_by_plane((0, 0, 1), -0.88 * radius)
    if ridge:
        shell += fin(arc(1.0, 20, 160, 20, (1.27 * radius, 1.2 * radius)), 0.3 * radius)
    whole = minus(shell, [inner, window])
    if draw.chance("visor", 0.5):
        glass = minus(ball.scale((0.96, 0.96, 0.96)), [inner])
        wider = face.offset(0.02 * radius).extrude(2 * radius).rotate((90, 0, 0))
        whole += glass ^ wider
    return whole


FAMILY = Family("helmet", build, held_out=({"kind": "viking helmet", "crest": "ridge"},))
