"""Frames fold symmetric points onto each other, fill [-1, 1] and say what a box is."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from caddis.generation.tokenizer.frames import (
    LEVELS,
    SMALLEST_SIDE,
    Frames,
    side_length,
    side_level,
)
from caddis.geometry.symmetry import SYMMETRIES

COUNT = 60
kinds = st.integers(0, len(SYMMETRIES) - 1)
sides = st.lists(st.floats(SMALLEST_SIDE, 1.0), min_size=3, max_size=3)
seeds = st.integers(0, 999)
EVERY = range(len(SYMMETRIES))


def frame(kind: int, box: list[float]) -> Frames:
    return Frames.around(torch.tensor([kind]), torch.tensor([box]))


def points_in(frames: Frames, seed: int) -> Tensor:
    """Random points of the box, of its cylinder for a solid of revolution, float64 (1, N, 3)."""
    random = torch.Generator().manual_seed(seed)
    unit = 2 * torch.rand(1, COUNT, 3, generator=random, dtype=torch.float64) - 1
    if frames.kind(0).revolved:
        radius, angle = unit[..., :1].abs(), math.pi * unit[..., 1:2]
        unit = torch.cat([radius * angle.cos(), radius * angle.sin(), unit[..., 2:]], dim=-1)
    return unit * frames.sides.double() / 2


def symmetric(points: Tensor, frames: Frames, seed: int) -> list[Tensor]:
    """The points moved by each symmetry that the frame has."""
    kind, random = frames.kind(0), torch.Generator().manual_seed(seed)
    moved = []
    for axis in range(3):
        if kind.mirrored[axis]:
            mirror = torch.ones(3, dtype=torch.float64)
            mirror[axis] = -1
            moved.append(points * mirror)
    if kind.revolved:
        angle = 7 * torch.rand(points.shape[:2], generator=random, dtype=torch.float64)
        x, y, z = points.unbind(-1)
        turned = (angle.cos() * x - angle.sin() * y, angle.sin() * x + angle.cos() * y, z)
        moved.append(torch.stack(turned, dim=-1))
    if kind.extruded is not None:
        slid = points.clone()
        slid[..., kind.extruded] = torch.rand(points.shape[:2], generator=random).double() - 0.5
        moved.append(slid)
    return moved


@given(kinds, sides, seeds)
@settings(max_examples=40)
def test_the_box_is_folded_into_the_unit_cube(kind: int, box: list[float], seed: int) -> None:
    frames = frame(kind, box)
    assert frames.fold(points_in(frames, seed)).abs().max() <= 1 + 1e-6


@pytest.mark.parametrize("kind", EVERY, ids=[kind.name for kind in SYMMETRIES])
def test_the_part_that_is_kept_fills_the_unit_cube(kind: int) -> None:
    frames = frame(kind, [0.3, 0.3, 0.8])
    grid = torch.linspace(-1, 1, 41, dtype=torch.float64)
    points = torch.cartesian_prod(grid, grid, grid)[None] * frames.sides.double() / 2
    if frames.kind(0).revolved:
        points = points[points[..., :2].norm(dim=-1) <= frames.sides[0, 0] / 2 + 1e-9][None]
    unit = frames.fold(points)[0]
    used = torch.tensor([axis != frames.kind(0).extruded for axis in range(3)])
    used[1] &= not frames.kind(0).revolved
    for axis in range(3):
        expected = (-1.0, 1.0) if used[axis] else (0.0, 0.0)
        assert (float(unit[:, axis].min()), float(unit[:, axis].max())) == pytest.approx(expected)


@given(kinds, sides, seeds)
@settings(max_examples=40)
def test_symmetric_points_lie_at_the_same_place(kind: int, box: list[float], seed: int) -> None:
    frames = frame(kind, box)
    points = points_in(frames, seed)
    for moved in symmetric(points, frames, seed):
        torch.testing.assert_close(frames.fold(moved), frames.fold(points), atol=1e-6, rtol=0)


@given(kinds, sides, seeds)
@settings(max_examples=40)
def test_points_of_the_kept_part_keep_their_order(kind: int, box: list[float], seed: int) -> None:
    """Other points stay apart: along every kept axis the folding is increasing."""
    frames = frame(kind, box)
    symmetry, points = frames.kind(0), points_in(frames, seed)
    for axis in range(3):
        if axis == symmetry.extruded or (symmetry.revolved and axis == 1):
            continue
        kept = points.abs() if symmetry.mirrored[axis] or symmetry.revolved else points
        farther = kept.clone()
        farther[..., axis] += 1e-3
        assert (frames.fold(farther)[..., axis] > frames.fold(kept)[..., axis]).all()


@given(kinds, sides, seeds)
@settings(max_examples=40)
def test_folded_normals_are_those_of_the_folded_surface(
    kind: int, box: list[float], seed: int
) -> None:
    """By central differences: tangents stay tangents, and the outside stays outside."""
    frames = frame(kind, box)
    symmetry, points = frames.kind(0), points_in(frames, seed)
    # derivatives do not exist at the planes and at the axis of the symmetry
    points = points[(points[..., :2].abs() > 0.05 * frames.sides[0, :2] / 2).all(-1)][None]
    random = torch.Generator().manual_seed(seed + 1)
    normals = torch.randn(points.shape, generator=random, dtype=torch.float64)
    if symmetry.revolved:  # such a surface has no normals across its profile
        outward = torch.nn.functional.normalize(points[..., :2], dim=-1)
        normals[..., :2] = outward * normals[..., :1]
    if symmetry.extruded is not None:  # its side faces
        normals[..., symmetry.extruded] = 0
    normals = torch.nn.functional.normalize(normals, dim=-1)
    folded = frames.fold_normals(points, normals)
    torch.testing.assert_close(folded.norm(dim=-1), torch.ones_like(folded[..., 0]))
    other = torch.randn(points.shape, generator=random, dtype=torch.float64)
    tangent = torch.cross(normals, other, dim=-1)

    def slope(direction: Tensor) -> Tensor:
        step = 1e-6 * direction
        return (frames.fold(points + step) - frames.fold(points - step)) / 2e-6

    along = slope(tangent)
    share = (along * folded).sum(-1) / along.norm(dim=-1).clamp(min=1e-12)
    assert (share.abs() < 1e-3).all()
    assert ((slope(normals) * folded).sum(-1) > 0).all()


def plain_box_distance(point: np.ndarray, half: np.ndarray, *, cylinder: bool) -> float:
    """Search densely for the nearest point of the surface of a box or of a cylinder."""
    steps = np.linspace(-1, 1, 61)
    if cylinder:
        radius = np.hypot(point[0], point[1])
        rim = np.array([(half[0], z * half[2]) for z in steps])
        caps = np.array([(r * half[0], z * half[2]) for r in steps for z in (-1, 1)])
        nearest = np.linalg.norm(np.concatenate([rim, caps]) - (radius, point[2]), axis=1).min()
        inside = radius < half[0] and abs(point[2]) < half[2]
    else:
        a, b = (grid.ravel() for grid in np.meshgrid(steps, steps))
        faces = [np.insert(np.stack([a, b], 1), axis, s, 1) for axis in range(3) for s in (-1, 1)]
        nearest = np.linalg.norm(np.concatenate(faces) * half - point, axis=1).min()
        inside = (np.abs(point) < half).all()
    return -nearest if inside else nearest


@pytest.mark.parametrize("name", ["none", "x", "revolved", "extruded-z"])
def test_the_distance_to_the_box_is_that_of_a_plain_search(name: str) -> None:
    kind = [one.name for one in SYMMETRIES].index(name)
    rng = np.random.default_rng(0)
    for _ in range(4):
        frames = frame(kind, rng.uniform(0.1, 1, 3).tolist())
        half = frames.sides[0].double().numpy() / 2
        points = rng.uniform(-0.8, 0.8, (25, 3))
        found = frames.box_distance(torch.from_numpy(points)[None])[0].numpy()
        plain = [plain_box_distance(p, half, cylinder=name == "revolved") for p in points]
        np.testing.assert_allclose(found, plain, atol=half.max() / 60 * 1.5)


@given(kinds, sides, seeds)
@settings(max_examples=40)
def test_the_box_bounds_a_field_alike_at_symmetric_points(
    kind: int, box: list[float], seed: int
) -> None:
    frames = frame(kind, box)
    points = 1.3 * points_in(frames, seed)  # some of them outside
    nothing = torch.full(points.shape[:2], -1.0, dtype=torch.float64)
    bounded = frames.bounded(nothing, points)
    outside = frames.box_distance(points)
    assert torch.equal(bounded > 0, outside > 0)
    assert torch.equal(frames.bounded(nothing + 9, points), nothing + 9)
    if frames.kind(0).extruded is not None:
        return  # the ends of an extrusion are bounded by its box
    for moved in symmetric(points, frames, seed):
        torch.testing.assert_close(frames.bounded(nothing, moved), bounded, atol=1e-6, rtol=0)


@given(st.floats(SMALLEST_SIDE, 1.0))
def test_levels_round_sides_up_by_less_than_one_level(side: float) -> None:
    level = side_level(torch.tensor([side]))
    assert float(side_length(level)) >= side * (1 - 1e-6)
    assert level == 0 or float(side_length(level - 1)) < side * (1 + 1e-6)


def test_levels_are_logarithmic_from_the_smallest_side_to_one() -> None:
    levels = torch.arange(LEVELS)
    lengths = side_length(levels)
    assert torch.equal(side_level(lengths), levels)
    assert float(lengths[0]) == pytest.approx(SMALLEST_SIDE)
    assert float(lengths[-1]) == 1.0
    ratios = lengths[1:] / lengths[:-1]
    torch.testing.assert_close(ratios, ratios[:1].expand_as(ratios), atol=1e-5, rtol=0)
    assert side_level(torch.tensor([0.0, 1e-4, 2.0])).tolist() == [0, 0, LEVELS - 1]


def test_tokens_and_frames_are_the_same() -> None:
    tokens = torch.tensor([[0, 95, 10, 3], [4, 50, 50, 95]])
    frames = Frames.from_tokens(tokens)
    assert torch.equal(frames.tokens, tokens)
    assert frames.kind(1).name == "revolved"
    torch.testing.assert_close(frames.sides, side_length(tokens[:, 1:]))


def test_the_box_of_a_solid_of_revolution_is_square() -> None:
    boxes = torch.tensor([[0.3, 0.5, 0.2], [0.3, 0.5, 0.2]])
    frames = Frames.around(torch.tensor([4, 0]), boxes)
    assert frames.level[0, 0] == frames.level[0, 1] == frames.level[1, 1]
    assert frames.level[1, 0] < frames.level[1, 1]
