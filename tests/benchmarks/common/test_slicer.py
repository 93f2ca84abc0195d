"""The slicer's command line, where there is one, and its files."""

from pathlib import Path

import pytest
import trimesh

from benchmarks.common import slicer
from benchmarks.printability import slice_one
from caddis.geometry.gate.profiles import named_profile


def test_layers_are_counted_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gcode"
    assert slicer.layers(path) == 0
    path.write_text("; no ;LAYER_CHANGE\n;LAYER_CHANGE\nG1\n;LAYER_CHANGE\n")
    assert slicer.layers(path) == 2


@pytest.mark.slicer
def test_a_box_is_sliced(tmp_path: Path) -> None:
    path = tmp_path / "box.stl"
    trimesh.creation.box((20.0, 20.0, 4.0)).export(path)
    found = slice_one(path, named_profile("fdm"))
    assert (found["ok"], found["message"]) == (True, "")
    assert 10 <= found["layers"] <= 40  # of .1 to .4 mm
    assert list(tmp_path.iterdir()) == [path]
