"""The learned VoroMesh held by toys: one sphere, a few steps, rows by hand."""

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.voromesh_learned.compare import FIT, NO_NETWORK, compare, comparisons, winners
from benchmarks.voromesh_learned.loss import Weights, between_unlike, loss, sides
from benchmarks.voromesh_learned.measure import Row
from benchmarks.voromesh_learned.network import (
    CLIP,
    Network,
    grid_start,
    near_surface,
    patches,
    predict,
)
from benchmarks.voromesh_learned.objects import Training
from benchmarks.voromesh_learned.page import Trained, decision, write_page
from benchmarks.voromesh_learned.train import TrainOptions, crop, train
from benchmarks.voromesh_learned.ways import (
    FITS,
    GRID,
    LEARNED,
    all_ways,
    few_steps,
    fit_name,
    refitted,
)
from geometry.gate.clean import is_clean
from geometry.surface import DEFAULT_BOUND
from geometry.voromesh.extract import extract
from geometry.voromesh.representation import VoroMesh

RADIUS = 0.4
TOY = TrainOptions(steps=12, half_width=6.0, samples=400)


def sphere(points: np.ndarray) -> np.ndarray:
    return (np.linalg.norm(points, axis=-1) - RADIUS).astype(np.float32)


def grid(cells: int) -> np.ndarray:
    ticks = np.linspace(-DEFAULT_BOUND, DEFAULT_BOUND, cells + 1)
    return sphere(np.stack(np.meshgrid(ticks, ticks, ticks, indexing="ij"), axis=-1))


@pytest.fixture(scope="module")
def toy() -> Training:
    normals = np.random.default_rng(0).normal(size=(6000, 3))
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return Training(grid(64), (RADIUS * normals).astype(np.float32), normals.astype(np.float32))


def test_patches_are_a_seven_cubed_convolution_at_chosen_corners() -> None:
    cells = np.random.default_rng(0).normal(size=(9, 10, 11)).astype(np.float32)
    corners = np.argwhere(cells > 1.5)
    weights = torch.randn(1, 1, 7, 7, 7, generator=torch.Generator().manual_seed(0))
    padded = torch.nn.functional.pad(
        torch.from_numpy(cells).clamp(-CLIP, CLIP), [3] * 6, value=CLIP
    )
    dense = torch.nn.functional.conv3d(padded[None, None], weights)[0, 0].numpy()
    sparse = patches(cells, corners) @ weights.reshape(-1).numpy()
    np.testing.assert_allclose(sparse, dense[tuple(corners.T)], atol=1e-4)


def test_both_ends_of_every_crossed_grid_edge_get_a_generator() -> None:
    values = grid(16)
    chosen = np.zeros(values.shape, dtype=bool)
    chosen[tuple(near_surface(values / np.float32(2 * DEFAULT_BOUND / 16)).T)] = True
    for axis in range(3):
        inside = np.moveaxis(values < 0, axis, 0)
        crossed = inside[1:] != inside[:-1]
        both = np.moveaxis(chosen, axis, 0)
        assert (both[1:] & both[:-1])[crossed].all()


def test_an_untrained_network_gives_the_grid_start() -> None:
    assert predict(Network(), grid(16), DEFAULT_BOUND) == grid_start(grid(16), DEFAULT_BOUND)


def test_the_sides_of_a_sphere_are_told_by_its_samples(toy: Training) -> None:
    places = np.random.default_rng(1).uniform(-0.6, 0.6, (500, 3)).astype(np.float32)
    places = places[np.abs(sphere(places)) > 0.01]
    found = sides(places, toy.points, toy.normals)
    np.testing.assert_array_equal(found, sphere(places) < 0)


def test_the_surface_between_unlike_cells_is_that_of_the_voromesh() -> None:
    rng = np.random.default_rng(2)
    places, labels = rng.normal(size=(40, 3)), rng.random(40) < 0.5
    points = rng.normal(size=(200, 3)).astype(np.float32)
    value, unit = between_unlike(torch.from_numpy(places).float(), labels, torch.from_numpy(points))
    np.testing.assert_allclose(value.numpy(), VoroMesh(places, labels)(points), atol=1e-4)
    np.testing.assert_allclose(torch.linalg.vector_norm(unit, dim=1), 1.0, atol=1e-5)


def test_mirrored_generators_of_a_sphere_cost_nearly_nothing(toy: Training) -> None:
    start = toy.normals[:1500]
    places = torch.from_numpy(np.concatenate([start * (RADIUS - 0.02), start * (RADIUS + 0.02)]))
    logits = torch.cat([torch.full((1500,), 20.0), torch.full((1500,), -20.0)])
    samples = torch.from_numpy(toy.points[:1500]), torch.from_numpy(toy.normals[:1500])
    assert float(loss(places, logits, *samples, Weights())) < 1e-4
    assert float(loss(places, -logits, *samples, Weights())) > 0.5


def test_a_crop_is_the_same_for_the_same_seed_and_keeps_to_its_box(toy: Training) -> None:
    one, two = (crop(toy, TOY, np.random.default_rng(3)) for _ in range(2))
    for name in ("corners", "patches", "points", "normals"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    assert np.abs(one.corners).max() <= TOY.half_width
    assert len(one.points) <= TOY.samples
    # Turned alike: the corner's own distance is that to the turned samples.
    near = np.linalg.norm(one.corners[:, None] - one.points, axis=2).min(axis=1)
    inner = np.abs(one.corners).max(axis=1) < TOY.half_width - 4.0
    own = np.abs(one.patches[:, 343 // 2])
    np.testing.assert_allclose(near[inner], own[inner], atol=0.6)
    slope = np.stack(
        [one.patches[:, 171 + s] - one.patches[:, 171 - s] for s in (49, 7, 1)], axis=1
    )
    mean = one.normals.mean(axis=0)
    assert (slope[inner] @ mean > 0.0).all()


def test_training_stopped_and_resumed_gives_the_same_weights(
    toy: Training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.voromesh_learned.train._EVERY", 5)
    lines: list[str] = []

    def stop(line: str) -> None:
        raise InterruptedError(line)

    whole, _ = train([lambda: toy], TOY, tmp_path / "whole.safetensors", lines.append)
    with pytest.raises(InterruptedError):
        train([lambda: toy], TOY, tmp_path / "parts.safetensors", stop)
    parts, _ = train([lambda: toy], TOY, tmp_path / "parts.safetensors", lines.append)
    for one, two in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.equal(one, two)


@pytest.mark.slow
def test_a_short_training_brings_the_surface_nearer_to_the_sphere(
    toy: Training, tmp_path: Path
) -> None:
    options = TrainOptions(steps=150, half_width=8.0, samples=800)
    network, _ = train([lambda: toy], options, tmp_path / "toy.safetensors", lambda _: None)

    def error(voromesh: VoroMesh) -> float:
        mesh = extract(voromesh)
        assert is_clean(mesh)
        return float(np.abs(sphere(mesh.triangles_center)).mean())

    learned = error(predict(network, grid(24), DEFAULT_BOUND))
    assert learned < 0.5 * error(grid_start(grid(24), DEFAULT_BOUND))


@pytest.mark.slow
def test_every_way_gives_a_clean_mesh_and_counts_its_evaluations() -> None:
    made = {one.way: one for one in all_ways(sphere, 12, Network())}
    assert {LEARNED, few_steps(LEARNED), refitted(LEARNED), fit_name(*FITS[0])} <= made.keys()
    for way, one in made.items():
        assert is_clean(one.mesh), way
        assert one.evaluations > 0
    assert made[refitted(LEARNED)].evaluations > made[LEARNED].evaluations
    nearness = {way: np.abs(sphere(one.mesh.triangles_center)).mean() for way, one in made.items()}
    assert nearness[refitted(LEARNED)] < nearness[LEARNED]


def row(way: str, seconds: float, distance: float, name: str = "a", grid: int = 32) -> Row:
    return Row(name, grid, way, 100, 400, seconds, 1000, 1e-3, distance, 0.01, 0.98, clean=True)


def every_way(learned: float, start: float = 0.01, grid: int = 32) -> list[Row]:
    rows = [row("marching cubes", 1.5, 0.005, grid=grid)]
    for name, distance in ((LEARNED, learned), (GRID, start)):
        for way in (name, few_steps(name)):
            rows += [row(one(way), 1.5, distance, grid=grid) for one in (str, refitted)]
    for seconds, fit in enumerate(FITS, 1):
        rows += [row(one(fit_name(*fit)), seconds, 0.002, grid=grid) for one in (str, refitted)]
    return rows


def test_the_opponent_at_equal_time_is_the_fit_that_used_most_of_the_seconds() -> None:
    rows = [
        row(LEARNED, 2.5, 0.004),
        row(fit_name(*FITS[0]), 1.0, 0.008),
        row(fit_name(*FITS[1]), 2.0, 0.002),
        row(fit_name(*FITS[2]), 3.0, 0.001),
    ]
    found = compare(rows, 32, LEARNED, FIT, dear=False)
    assert (found.in_time, found.seconds, found.distance) == (1, 1.25, 2.0)
    assert not found.beats
    rows[0] = row(LEARNED, 0.5, 0.004)
    found = compare(rows, 32, LEARNED, FIT, dear=False)
    assert (found.in_time, found.seconds, found.distance) == (0, 0.5, 0.5)


@pytest.mark.parametrize(
    ("learned", "start", "words"),
    [
        (0.001, 0.010, "**Decision: keep.**"),
        (0.004, 0.010, "No learned way beats the fit"),
        (0.001, 0.001, "not the network's merit"),
    ],
)
def test_the_decision_follows_from_the_rows(learned: float, start: float, words: str) -> None:
    rows = every_way(learned, start) + every_way(learned, start, grid=64)
    assert words in decision(comparisons(rows))


@pytest.mark.slow  # matplotlib
def test_the_page_holds_every_way_and_a_picture(tmp_path: Path) -> None:
    rows = every_way(0.001)
    text = write_page(rows, Trained(3, 12, 60.0, 1000), tmp_path).read_text("utf-8")
    assert all(f"| {row.way} |" in text for row in rows)
    assert (tmp_path / "voromesh-learned.png").stat().st_size > 0


def test_a_way_that_wins_at_one_grid_only_is_no_winner() -> None:
    found = comparisons(every_way(0.001) + every_way(0.004, grid=64))
    assert {one.beats for one in found if one.grid == 32} == {True}
    assert winners(found, (FIT,)) == []
    assert LEARNED in winners(found, (NO_NETWORK,))
