"""Cubes: plain, rounded, bevelled, framed, drilled, grooved like a puzzle, or on a corner."""

from __future__ import annotations

from manifold3d import CrossSection, Manifold

from caddis.data.families.family import Claims, Draw, Family, Shape
from caddis.data.families.outlines import circle, rectangle
from caddis.data.families.solids import ball, cylinder, minus


def build(draw: Draw) -> Shape:
    """Draw one cube of side 10."""
    form = draw.pick("form", ("plain", "frame", "drilled", "puzzle", "dished"))
    edge = draw.pick("edge", ("sharp", "rounded", "bevelled"))
    size = draw.between(0.6, 2.0)
    cube = _cube(edge, size)
    claims: Claims = {"holes": 0, "body": "square", "conical": False}
    nouns: tuple[str, ...] = ("cube",)
    if form == "plain":
        nouns = ("cube", {"sharp": "block", "rounded": "rounded cube",
                          "bevelled": "bevelled cube"}[edge])  # fmt: skip
    elif form in ("frame", "drilled"):
        wide = 10 - 2 * draw.between(0.9, 2.2) - (size if edge != "sharp" else 0)
        hole = rectangle(wide, wide)
        if form == "drilled":
            hole = circle(draw.between(1.5, 3.3))
        cube = minus(cube, _through(hole, 12))
        nouns = ("cube frame", "wireframe cube", "hollow cube") if form == "frame" else (
            "drilled cube", "cube with round holes", "cube")  # fmt: skip
        claims = {"holes": 5}
    elif form == "puzzle":
        rows = draw.count("rows", 2, 4)
        slots = [10 * (k / rows - 0.5) for k in range(1, rows)]
        groove = _shell(0.45)
        cuts = [_turned(groove, axis, place) for axis in range(3) for place in slots]
        cube = minus(cube, cuts)
        nouns = ("puzzle cube", "magic cube", "cube")
        claims = {"holes": 0, "conical": False}
    elif form == "dished":
        dish = ball(draw.between(3.2, 4.2), (0, 0, 6.2))
        dishes = [
            dish.rotate(turn)
            for turn in ((0, 0, 0), (90, 0, 0), (180, 0, 0), (270, 0, 0), (0, 90, 0), (0, 270, 0))
        ]
        cube = minus(cube, dishes)
        nouns = ("cube with round dimples", "dished cube", "cube")
        claims = {"holes": 0, "conical": False}
    if form != "puzzle" and draw.chance("on_corner", 0.15):
        cube = cube.rotate((45, 0, 0)).rotate((0, 35.264, 0)).rotate((0, 0, 20))
        low = cube.bounding_box()[2]
        cube = cube.translate((0, 0, -low - 1.2)) + cylinder(4.5, 2.2, top=2.8)
        nouns = ("cube standing on its corner", "tilted cube", nouns[0])
        claims = {"holes": claims["holes"]}
    return Shape(cube, nouns, claims)


def _cube(edge: str, size: float) -> Manifold:
    """Return a cube around the origin with the given kind of edges."""
    if edge == "sharp":
        return Manifold.cube((10, 10, 10), center=True)
    if edge == "bevelled":
        inner = 10 - size
        return Manifold.batch_hull([
            Manifold.cube(side, center=True)
            for side in ((10, inner, inner), (inner, 10, inner), (inner, inner, 10))
        ])  # fmt: skip
    at = 5 - size
    corners = [(x, y, z) for x in (-at, at) for y in (-at, at) for z in (-at, at)]
    return Manifold.batch_hull([Manifold.sphere(size, 20).translate(c) for c in corners])


def _through(hole: CrossSection, length: float) -> list[Manifold]:
    """Return a bar of the given section along each axis."""
    bar = hole.extrude(length).translate((0, 0, -length / 2))
    return [bar, bar.rotate((90, 0, 0)), bar.rotate((0, 90, 0))]


def _shell(width: float) -> Manifold:
    """Return a square ring that cuts a groove around a cube."""
    ring = rectangle(12, 12) - rectangle(9.1, 9.1)
    return ring.extrude(width).translate((0, 0, -width / 2))


def _turned(groove: Manifold, axis: int, place: float) -> Manifold:
    """Move a groove along z and rotate the z axis to an axis."""
    moved = groove.translate((0, 0, place))
    return (moved.rotate((0, 90, 0)), moved.rotate((90, 0, 0)), moved)[axis]


FAMILY = Family(
    "cube", build,
    held_out=({"form": "frame", "edge": "rounded"}, {"form": "plain", "edge": "bevelled"}),
)  # fmt: skip
