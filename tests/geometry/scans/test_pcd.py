"""PCD in its three encodings, and LZF against its definition."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from caddis.geometry.errors import CaddisError, MeshReadError, TooLargeError
from caddis.geometry.scans.lzf import decompress
from caddis.geometry.scans.pcd import read_pcd

ROWS = np.random.default_rng(0).normal(size=(50, 3)).astype(np.float32)
HEAD = (
    "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS x _ y rgb z\n"
    "SIZE 4 1 4 4 4\nTYPE F U F U F\nCOUNT 1 3 1 1 1\nWIDTH 50\nHEIGHT 1\n"
    "VIEWPOINT 0 0 0 1 0 0 0\nPOINTS 50\nDATA {}\n"
)
RECORD = np.dtype([("x", "<f4"), ("_", "u1", 3), ("y", "<f4"), ("rgb", "<u4"), ("z", "<f4")])


def literals(content: bytes) -> bytes:
    """LZF without references: legal, if not small."""
    pieces = [content[i : i + 32] for i in range(0, len(content), 32)]
    return b"".join(bytes([len(piece) - 1]) + piece for piece in pieces)


def encoded(kind: str) -> bytes:
    table = np.zeros(50, RECORD)
    table["x"], table["y"], table["z"] = ROWS.T
    head = HEAD.format(kind).encode()
    if kind == "binary":
        return head + table.tobytes()
    if kind == "ascii":
        lines = (f"{x!r} 0 0 0 {y!r} 255 {z!r}\n" for x, y, z in ROWS.tolist())
        return head + "".join(lines).encode()
    columns = b"".join(np.ascontiguousarray(table[name]).tobytes() for name in RECORD.names or ())
    packed = literals(columns)
    return head + np.array([len(packed), len(columns)], "<u4").tobytes() + packed


@pytest.mark.parametrize("kind", ["ascii", "binary", "binary_compressed"])
def test_every_encoding_gives_the_points(kind: str, tmp_path: Path) -> None:
    (tmp_path / "a.pcd").write_bytes(encoded(kind))
    np.testing.assert_array_equal(read_pcd(tmp_path / "a.pcd", 100), ROWS)
    with pytest.raises(TooLargeError):
        read_pcd(tmp_path / "a.pcd", 49)


@pytest.mark.parametrize("kind", ["ascii", "binary", "binary_compressed"])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_refused(kind: str, share: float, tmp_path: Path) -> None:
    content = encoded(kind)
    (tmp_path / "a.pcd").write_bytes(content[: int(share * len(content))])
    with pytest.raises(MeshReadError):
        read_pcd(tmp_path / "a.pcd", 100)


def written(path: Path, kind: str, body: bytes, **changes: str) -> Path:
    """A file of ten points x y z with some lines of its header changed, or left out if ""."""
    header = {
        "VERSION": "0.7", "FIELDS": "x y z", "SIZE": "4 4 4", "TYPE": "F F F", "COUNT": "1 1 1",
        "WIDTH": "10", "HEIGHT": "1", "POINTS": "10", **changes, "DATA": kind,
    }  # fmt: skip
    lines = [f"{name} {value}\n" for name, value in header.items() if value]
    path.write_bytes("".join(lines).encode() + body)
    return path


TEN = ROWS[:10]


@pytest.mark.parametrize(
    ("gap", "more", "changes"),
    [
        ("  ", "", {}),
        ("\t", "", {}),
        (" ", "", {"COUNT": ""}),
        (" ", "", {"TYPE": "f f f"}),
        (" ", " nan", {"FIELDS": "x y z rgb", "SIZE": "4 4 4 4", "TYPE": "F F F U",
                       "COUNT": "1 1 1 1"}),
    ],
)  # fmt: skip
def test_odd_but_plain_text_is_read(
    gap: str, more: str, changes: dict[str, str], tmp_path: Path
) -> None:
    body = "".join(gap.join(map(repr, row)) + more + "\n" for row in TEN.tolist())
    path = written(tmp_path / "a.pcd", "ascii", body.encode(), **changes)
    np.testing.assert_array_equal(read_pcd(path, 100), TEN)


@pytest.mark.parametrize("kind", ["ascii", "binary"])
def test_fewer_whole_points_than_promised_are_refused(kind: str, tmp_path: Path) -> None:
    lines = "".join(f"{x!r} {y!r} {z!r}\n" for x, y, z in TEN[:5].tolist())
    body = lines.encode() if kind == "ascii" else TEN[:5].tobytes()
    with pytest.raises(MeshReadError):
        read_pcd(written(tmp_path / "a.pcd", kind, body), 100)


@pytest.mark.parametrize("count", ["1 1 2000000000", "1 1 0", "1 1 -1", "1 1", "1 1 one"])
def test_counts_that_no_point_has_are_refused(count: str, tmp_path: Path) -> None:
    with pytest.raises(MeshReadError):
        read_pcd(written(tmp_path / "a.pcd", "binary", TEN.tobytes(), COUNT=count), 100)


@given(st.binary(max_size=300), st.integers(0, 400))
@example(b"\x80\x7f", 267)  # a signalling NaN
def test_broken_bytes_never_do_more_than_raise(noise: bytes, at: int) -> None:
    import tempfile

    content = bytearray(encoded("binary_compressed"))
    content[at : at + len(noise)] = noise
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.pcd"
        path.write_bytes(content)
        try:
            assert read_pcd(path, 10_000).shape[1] == 3
        except CaddisError as error:
            assert str(error)


def test_references_repeat_what_was_unpacked() -> None:
    # "ab", then six bytes from two back (overlapping), then a long one of 9 + 10 bytes
    assert decompress(b"\x01ab" + bytes([4 << 5, 1]), 8) == b"abababab"
    assert decompress(b"\x00x" + bytes([7 << 5, 10, 0]), 20) == b"x" * 20


@pytest.mark.parametrize("packed", [b"\x01a", bytes([1 << 5, 0]), b"\x00a\x00", b"\x05abcdef"])
def test_damaged_lzf_is_refused(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decompress(packed, 3)
