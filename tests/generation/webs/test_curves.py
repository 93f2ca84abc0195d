"""Curves: even stations, frames that turn least, and formulas that cannot run code."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caddis.generation.webs.curves import Curve, formula, helix, knot, read_polyline
from caddis.generation.webs.expressions import evaluate
from caddis.geometry.errors import ConfigError

T = np.linspace(-2.0, 2.0, 7)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t", T),
        (" 2*t + 1 ", 2 * T + 1),
        ("-t**2/4", -(T**2) / 4),
        ("sin(3*t)*cos(pi*t) + e", np.sin(3 * T) * np.cos(np.pi * T) + np.e),
        ("sqrt(abs(t)) + exp(-t)", np.sqrt(np.abs(T)) + np.exp(-T)),
        ("7", np.full(7, 7.0)),
        ("+tau", np.full(7, 2 * np.pi)),
    ],
)
def test_formulas_are_what_numpy_makes_of_them(text, expected):
    assert evaluate(text, "t", T) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "t +",
        "x",
        "__import__('os').system('true')",
        "().__class__",
        "t.real",
        "[t for t in (1,)]",
        "lambda: 1",
        "sin",
        "sin(t, t)",
        "open(t)",
        "eval(t)",
        "'a'",
        "1j",
        "True",
        "t if t else t",
        "t // 2",
        "t @ t",
        "f'{t}'",
        "(t := 3)",
        "1/t",
        "log(t)",
        "9**9**9**9",
        "1e999",
        "9" * 400,
        "t" * 501,
        "-" * 45 + "t",
        "(" * 300 + "t" + ")" * 300,
        "t\x00",
        "t; t",
    ],
)
def test_everything_else_is_refused(text):
    with pytest.raises(ConfigError):
        evaluate(text, "t", np.linspace(-1, 1, 3))


@given(st.text(max_size=40))
def test_no_text_gets_through_as_anything_but_numbers_or_a_refusal(text):
    try:
        found = evaluate(text, "t", T)
    except ConfigError:
        return
    assert found.shape == T.shape
    assert np.isfinite(found).all()


@pytest.mark.parametrize("curve", [helix(), knot(), helix(10, 0, 0.5)])
@pytest.mark.parametrize("count", [2, 5, 60])
def test_stations_are_even_and_frames_are_turns_along_the_curve(curve, count):
    places, frames = curve.stations(count)
    assert places.shape == (count, 3)
    assert np.linalg.det(frames) == pytest.approx(np.ones(count))
    unit = np.einsum("sij,sik->sjk", frames, frames)
    assert unit == pytest.approx(np.broadcast_to(np.eye(3), unit.shape), abs=1e-9)
    if count == 60:
        steps = np.linalg.norm(np.diff(places, axis=0), axis=1)
        assert steps.max() < 1.05 * steps.min()
        ahead = np.diff(places, axis=0) / steps[:, None]
        assert np.einsum("sk,sk->s", ahead, frames[:-1, :, 2]).min() > 0.9
        turn = np.einsum("sk,sk->s", frames[1:, :, 0], frames[:-1, :, 0])
        assert turn.min() > 0.7


def test_the_frames_of_a_closed_curve_come_round():
    _, frames = knot().stations(200)
    assert frames[0, :, 0] @ frames[-1, :, 0] > 0.97


def test_a_plane_curve_keeps_its_normal():
    _, frames = formula("20*cos(t)", "20*sin(t)", "0", 0, 3).stations(30)
    up = np.abs(frames[:, 2, :2])
    assert np.abs(up - up[0]).max() < 1e-6


def test_the_helix_is_as_long_as_it_should_be_and_the_circle_closes():
    assert helix(40, 30, 3).length == pytest.approx(3 * np.hypot(2 * np.pi * 40, 30), rel=1e-5)
    circle = formula("cos(t)", "sin(t)", "0*t", 0, 2 * np.pi)
    assert circle.closed
    assert circle.length == pytest.approx(2 * np.pi, rel=1e-5)
    assert not formula("t", "t", "t", 0, 1).closed


def test_polylines_are_read_with_commas_or_spaces(tmp_path):
    path = tmp_path / "curve.csv"
    path.write_text("# x y z\n0,0,0\n 1 , 0, 0\n1\t2 0\n\n")
    curve = read_polyline(path)
    assert curve.length == 3.0
    assert not curve.closed
    path.write_text("0 0 0\n1 0 0\n1 2 0\n0 0 0\n")
    assert read_polyline(path).closed


@pytest.mark.parametrize(
    "text", ["", "0 0 0", "a b c", "0 0\n1 1", "0 0 0\n0 0 0", "0 0 nan\n1 1 1"]
)
def test_files_that_are_no_curves_are_refused(tmp_path, text):
    path = tmp_path / "curve.txt"
    path.write_text(text)
    with pytest.raises(ConfigError):
        read_polyline(path)


def test_other_wrong_curves_are_refused(tmp_path):
    for wrong in (
        lambda: helix(0),
        lambda: knot(-1),
        lambda: formula("t", "t", "t", 1, 0),
        lambda: Curve([[0, 0, 0]]),
        lambda: helix().stations(1),
        lambda: read_polyline(tmp_path / "none.csv"),
    ):
        with pytest.raises(ConfigError):
            wrong()
