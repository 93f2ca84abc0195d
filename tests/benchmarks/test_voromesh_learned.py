"""The learned VoroMesh held by toys: one sphere, a few steps, rows by hand."""

from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.voromesh_learned.compare import FIT, NO_NETWORK, compare, comparisons, winners
from benchmarks.voromesh_learned.loss import between, loss
from benchmarks.voromesh_learned.network import Network, owners, predict, see
from benchmarks.voromesh_learned.objects import HeldOut, Training
from benchmarks.voromesh_learned.page import Trained, decision, write_page
from benchmarks.voromesh_learned.train import TrainOptions, crop, train
from benchmarks.voromesh_learned.ways import (
    CUBES,
    FITS,
    LEARNED,
    REFIT,
    STEPS,
    UNTRAINED,
    Row,
    measure,
)
from geometry.field import GridField
from geometry.gate.clean import is_clean
from geometry.marching_cubes import MarchingCubes
from geometry.surface import DEFAULT_BOUND
from geometry.voromesh.extract import extract
from geometry.voromesh.representation import VoroMesh

RADIUS = 0.4
TOY = TrainOptions(steps=6, crops=1, half_width=6.0, samples=300)


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


def noisy(network: Network) -> Network:
    torch.manual_seed(1)
    torch.nn.init.normal_(network.head.weight, std=0.1)
    return network


def test_untrained_pairs_are_mirrored_in_the_tangent_plane() -> None:
    cells = grid(32) * np.float32(32 / (2 * DEFAULT_BOUND))
    corners = owners(cells)
    with torch.no_grad():
        inside, outside = (corners + side.numpy() for side in Network()(see(cells, corners)))
    middle = ((inside + outside) / 2 / 32 * 2 - 1) * DEFAULT_BOUND
    assert np.abs(sphere(middle)).max() < 5e-4
    along = (outside - inside) / np.linalg.norm(outside - inside, axis=1, keepdims=True)
    outward = middle / np.linalg.norm(middle, axis=1, keepdims=True)
    assert np.einsum("ij,ij->i", along, outward).min() > 0.999


@pytest.mark.parametrize(("order", "flip"), [((1, 2, 0), 0), ((2, 1, 0), 1)])
def test_turning_the_grid_turns_the_pairs(order: tuple[int, ...], flip: int) -> None:
    cells = np.random.default_rng(0).uniform(-1.6, 1.6, (9, 9, 9)).astype(np.float32)
    network, corners = noisy(Network()), owners(cells)
    turned = np.flip(np.transpose(cells, order), flip)
    moved = corners[:, order]
    moved[:, flip] = 8 - moved[:, flip]
    with torch.no_grad():
        places, others = network(see(cells, corners)), network(see(turned, moved))
    for one, two in zip(places, others, strict=True):
        expected = one.numpy()[:, order]
        expected[:, flip] *= -1
        np.testing.assert_allclose(two.numpy(), expected, atol=1e-5)


def test_the_surface_between_unlike_cells_is_that_of_the_voromesh() -> None:
    rng = np.random.default_rng(2)
    places, labels = rng.normal(size=(40, 3)).astype(np.float32), rng.random(40) < 0.5
    points = rng.normal(size=(200, 3)).astype(np.float32)
    sides = torch.from_numpy(places[labels]), torch.from_numpy(places[~labels])
    value, unit = between(*sides, torch.from_numpy(points))
    np.testing.assert_allclose(value.numpy(), VoroMesh(places, labels)(points), atol=1e-4)
    np.testing.assert_allclose(torch.linalg.vector_norm(unit, dim=1), 1.0, atol=1e-5)


def test_mirrored_generators_cost_nothing_and_exchanged_ones_a_lot(toy: Training) -> None:
    normals, points = (torch.from_numpy(a[:1500]) for a in (toy.normals, toy.points))
    sides = normals * (RADIUS - 0.02), normals * (RADIUS + 0.02)
    beside = points * 1.1, torch.full((1500,), 0.1 * RADIUS)
    assert float(loss(sides, (points, normals), beside)) < 1e-4
    assert float(loss(sides[::-1], (points, normals), beside)) > 0.2


def test_the_points_beside_the_surface_of_a_crop_know_their_distance(toy: Training) -> None:
    for seed in range(4):  # both grids
        seen = crop(toy, TOY, np.random.default_rng(seed))
        (points, normals), (asked, distance) = seen.samples, seen.beside
        along = ((asked - points) * normals).sum(dim=1)
        np.testing.assert_allclose(distance, along, atol=0.05)
        assert seen.loss(Network()).item() < 0.05


@pytest.mark.slow  # the optimiser's first import takes seconds
def test_training_stopped_and_resumed_gives_the_same_weights(
    toy: Training, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.voromesh_learned.train._EVERY", 3)
    lines: list[str] = []

    def stop(line: str) -> None:
        raise InterruptedError(line)

    whole, _ = train([toy], TOY, tmp_path / "whole.pt", lines.append)
    with pytest.raises(InterruptedError):
        train([toy], TOY, tmp_path / "parts.pt", stop)
    parts, _ = train([toy], TOY, tmp_path / "parts.pt", lines.append)
    for one, two in zip(whole.parameters(), parts.parameters(), strict=True):
        assert torch.equal(one, two)
    assert not torch.equal(whole.head.weight, Network().head.weight)


@pytest.mark.slow
def test_a_short_training_brings_the_surface_of_coarse_grids_nearer_to_the_sphere(
    toy: Training, tmp_path: Path
) -> None:
    options = TrainOptions(steps=150, crops=1, half_width=8.0, samples=800)
    network, _ = train([toy], options, tmp_path / "toy.pt", lambda _: None)

    def error(some: Network, cells: int) -> float:
        mesh = extract(predict(some, grid(cells), DEFAULT_BOUND))
        assert is_clean(mesh)
        return float(np.abs(sphere(mesh.triangles_center)).mean())

    for cells in (8, 10, 12):
        assert error(network, cells) < 0.8 * error(Network(), cells)


@pytest.mark.slow
def test_every_way_comes_near_the_surface_and_counts_its_evaluations() -> None:
    mesh = MarchingCubes().from_field(sphere, 48)
    shape = HeldOut("ball", mesh, GridField(grid(48), -DEFAULT_BOUND, DEFAULT_BOUND))
    rows = {row.way: row for row in measure(shape, 12, Network())}
    assert len(rows) == 1 + 3 + 3 + 6
    assert all(row.evaluations and row.cd1 < 20.0 for row in rows.values())
    assert rows[LEARNED + REFIT].evaluations > rows[LEARNED].evaluations
    assert rows[LEARNED + REFIT].cd1 < rows[LEARNED].cd1


def row(way: str, seconds: float, cd1: float, grid: int = 32) -> Row:
    return Row("a", grid, way, 100, 400, seconds, 1000, cd1, 10.0, 0.98)


def every_way(learned: float, untrained: float = 0.01, grid: int = 32) -> list[Row]:
    rows = [row(CUBES, 1.5, 0.005, grid)]
    for last in ("", REFIT):
        for name, cd1 in ((LEARNED, learned), (UNTRAINED, untrained)):
            rows += [row(name + steps + last, 1.5, cd1, grid) for steps in ("", STEPS)]
        rows += [row(name + last, float(k), 0.002, grid) for k, name in enumerate(FITS, 1)]
    return rows


def test_the_rival_at_equal_time_is_the_nearest_fit_in_time() -> None:
    first, second, third = FITS
    rows = [row(first, 1.0, 0.002), row(second, 2.0, 0.008), row(third, 3.0, 0.001)]
    found = compare([*rows, row(LEARNED, 2.5, 0.004)], 32, LEARNED, FIT)
    assert (found.in_time, found.distance, found.wins) == (1, 2.0, False)
    found = compare([*rows, row(LEARNED, 0.5, 0.001)], 32, LEARNED, FIT)
    assert (found.in_time, found.distance, found.wins) == (0, 0.5, True)


def test_a_way_is_kept_only_if_it_beats_both_rivals_at_every_grid() -> None:
    def kept(learned: float, untrained: float, at_64: float) -> list[str]:
        found = comparisons(every_way(learned, untrained) + every_way(at_64, untrained, 64))
        assert ("**Kept**" in decision(found)) == bool(winners(found))
        return winners(found)

    assert kept(0.001, 0.010, 0.001) == [LEARNED + REFIT, LEARNED + STEPS + REFIT]
    assert not kept(0.001, 0.010, 0.004)  # the fit is nearer at 64
    assert not kept(0.001, 0.001, 0.001)  # no better than without training
    assert compare(every_way(0.001, 0.001), 32, LEARNED, NO_NETWORK).nearer == 0


@pytest.mark.slow  # matplotlib
def test_the_page_holds_every_way_and_a_picture(tmp_path: Path) -> None:
    rows = every_way(0.001)
    text = write_page(rows, Trained(3, 12, 60.0, 1000, 3000), tmp_path).read_text("utf-8")
    assert all(f"| {row.way} |" in text for row in rows)
    assert (tmp_path / "voromesh-learned.png").stat().st_size > 0
