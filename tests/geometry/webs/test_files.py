"""Webs are read back exactly as written; invalid files are refused in one line."""

import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caddis.geometry.errors import BrokenWebError, TooLargeError, UnsupportedFormatError
from caddis.geometry.webs import files
from caddis.geometry.webs.files import WEB_FORMATS, read_web, write_web
from caddis.geometry.webs.graph import Web
from tests.geometry.webs.webs import cube, random_webs


def same(one, two):
    def equal(name):
        a, b = getattr(one, name), getattr(two, name)
        return (a is None and b is None) or np.array_equal(a, b)

    return all(equal(name) for name in ("nodes", "edges", "radii", "tensions", "anchors"))


@settings(max_examples=30)
@given(random_webs, st.sampled_from(WEB_FORMATS))
def test_a_web_reads_back_bit_by_bit_and_writes_the_same_bytes(web, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = write_web(web, Path(folder) / f"web{ending}")
        again = read_web(path)
        assert same(web, again)
        first = path.read_bytes()
        assert write_web(again, path).read_bytes() == first


def test_a_csv_written_by_hand_is_understood(tmp_path):
    path = tmp_path / "web.csv"
    path.write_text("# mine\nnode,0,0,0\nnode, 1e1, 0, 0, 1\n\nedge,0,1\n")
    web = read_web(path)
    assert same(web, Web([[0, 0, 0], [10, 0, 0]], [[0, 1]], anchors=[False, True]))


def test_graphml_of_other_programs_may_name_its_nodes(tmp_path):
    path = tmp_path / "web.graphml"
    write_web(cube(), path)
    path.write_text(path.read_text().replace('"3"', '"hub"'))
    assert len(read_web(path).edges) == 12


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[]"),
        ("a.json", json.dumps({"format": "caddis-web", "version": 2})),
        ("a.json", json.dumps({"format": "caddis-web", "version": 1, "unit": "millimetre"})),
        ("a.json", json.dumps({"format": "caddis-web", "version": 1, "unit": "millimetre",
                               "nodes": [[0, 0, 0]], "edges": [], "anchors": [7]})),
        ("a.csv", "node,0,0\n"),
        ("a.csv", "node,0,0,0\nnode,1,0,0\nedge,0,x\n"),
        ("a.csv", "thread,0,1\n"),
        ("a.csv", "node,0,0,0\nnode,1,0,0\nnode,2,0,0\nedge,0,1,0.5\nedge,1,2\n"),
        ("a.graphml", "<graphml"),
        ("a.graphml", "<html></html>"),
    ],
)  # fmt: skip
def test_files_that_are_no_webs_are_refused_with_their_name(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(BrokenWebError, match="a\\."):
        read_web(path)


def test_missing_binary_large_and_unknown_files_are_refused(tmp_path, monkeypatch):
    with pytest.raises(BrokenWebError):
        read_web(tmp_path / "none.json")
    (tmp_path / "web.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BrokenWebError):
        read_web(tmp_path / "web.json")
    monkeypatch.setattr(files, "MAX_BYTES", 1)
    with pytest.raises(TooLargeError):
        read_web(tmp_path / "web.json")
    with pytest.raises(UnsupportedFormatError):
        write_web(cube(), tmp_path / "web.xlsx")
