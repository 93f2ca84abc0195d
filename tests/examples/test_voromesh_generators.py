import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import trimesh

from caddis.geometry.files.mesh_io import load_mesh
from caddis.geometry.gate import is_clean
from caddis.geometry.surfaces.voromesh.representation import VoroMesh

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "voromesh_generators.py"


def test_a_mesh_becomes_generators_in_a_file_and_a_clean_mesh_again(tmp_path: Path) -> None:
    ring = trimesh.creation.torus(14.0, 5.0, major_sections=48, minor_sections=24)
    source, npz, target = (tmp_path / name for name in ("ring.stl", "ring.npz", "again.stl"))
    source.write_bytes(trimesh.exchange.stl.export_stl(ring))
    subprocess.run([sys.executable, EXAMPLE, source, npz, target], check=True, cwd=tmp_path)
    generators = VoroMesh.load(npz)
    again = load_mesh(target)
    assert 1800 < len(generators) <= 2000
    assert npz.stat().st_size < 26 * len(generators) + 1000
    assert is_clean(again)
    assert again.euler_number == 0
    assert again.volume == pytest.approx(ring.volume, rel=0.01)
    assert np.abs(again.bounds - ring.bounds).max() < 0.5
