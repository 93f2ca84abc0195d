"""Read the Point Cloud Library's PCD files (version 0.7): ascii, binary and compressed.

The format: https://pointclouds.org/documentation/tutorials/pcd_file_format.html
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import MeshReadError, TooLargeError
from caddis.geometry.scans.lzf import decompress

Floats = NDArray[np.float64]

# Not pypcd4: 1.5.1 takes files that end too early for whole ones, and a COUNT of 2e9 fills memory.
_MAX_HEADER = 4096
_MAX_FIELDS = 64
_MAX_RECORD = 1024  # bytes of one point
_WANTED = ("x", "y", "z")
_NORMAL = ("normal_x", "normal_y", "normal_z")


def read_pcd(path: Path, max_points: int) -> Floats:
    """Return the points (N, 3) of a PCD file, or (N, 6) if it has normals.

    Raises:
        MeshReadError: The file is not a PCD file, or it is cut off.
        TooLargeError: The header names more than `max_points`.
    """
    content = path.read_bytes()
    try:
        header, body = _header(content)
        layout = _layout(header)
        count = int(header["POINTS"][0])
        if count > max_points:
            raise TooLargeError(f"more than {max_points:,} points", str(path), "Thin it first.")
        table = _table(header["DATA"][0].lower(), body, layout, count)
        names = _WANTED + (_NORMAL if all(name in layout.fields for name in _NORMAL) else ())  # type: ignore[operator]
        with np.errstate(invalid="ignore"):  # a signalling NaN becomes a quiet one
            columns = [table[name].astype(np.float64).reshape(count) for name in names]
        return np.stack(columns, axis=1)
    except (KeyError, IndexError, ValueError, TypeError, OverflowError) as error:
        raise MeshReadError(
            "the PCD file is damaged", str(path), "Save it again, as binary PCD or PLY."
        ) from error


def _header(content: bytes) -> tuple[dict[str, list[str]], bytes]:
    """Return the header's lines by their first word, and the bytes after the DATA line."""
    at = content[:_MAX_HEADER].find(b"\nDATA ")
    if at < 0:
        raise ValueError("no DATA line")
    end = content.index(b"\n", at + 1)
    lines = content[:end].decode("ascii", errors="replace").splitlines()
    words = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {line[0].upper(): line[1:] for line in words}, content[end + 1 :]


def _layout(header: dict[str, list[str]]) -> np.dtype[np.void]:
    """Return the record of one point; padding fields ("_") get names of their own."""
    fields = header["FIELDS"]
    sizes, kinds = header["SIZE"], header["TYPE"]
    counts = header.get("COUNT", ["1"] * len(fields))
    if len(fields) > _MAX_FIELDS:
        raise ValueError("too many fields")
    letter = {"F": "f", "I": "i", "U": "u"}
    record = []
    for number, (name, size, kind, count) in enumerate(
        zip(fields, sizes, kinds, counts, strict=True)
    ):
        known = name if name in {*_WANTED, *_NORMAL} else f"field{number}"
        record.append((known, f"<{letter[kind.upper()]}{int(size)}", (int(count),)))
    layout = np.dtype(record)
    if not 0 < layout.itemsize <= _MAX_RECORD:
        raise ValueError("the size of a point's record is out of range")
    return layout


def _table(kind: str, body: bytes, layout: np.dtype[np.void], count: int) -> NDArray[np.void]:
    if count < 0:
        raise ValueError("a negative number of points")
    if kind == "binary":
        return np.frombuffer(body, layout, count)
    if kind == "binary_compressed":
        packed, size = np.frombuffer(body, "<u4", 2).tolist()
        if size != count * layout.itemsize or packed > len(body) - 8:
            raise ValueError("sizes disagree")
        return _columns(decompress(body[8 : 8 + packed], size), layout, count)
    if kind == "ascii":
        widths = [int(np.prod(layout[name].shape)) for name in layout.names or ()]
        rows = np.loadtxt(body.decode("ascii").splitlines(), ndmin=2, max_rows=count)
        table = np.zeros(count, dtype=layout)
        starts = np.concatenate([[0], np.cumsum(widths)])
        if rows.shape != (count, starts[-1]):
            raise ValueError("rows are missing")
        for name, start in zip(layout.names or (), starts, strict=False):
            if name in {*_WANTED, *_NORMAL}:  # others may be NaN in an integer field
                table[name] = rows[:, start : start + 1]
        return table
    raise ValueError("unknown kind of data")


def _columns(content: bytes, layout: np.dtype[np.void], count: int) -> NDArray[np.void]:
    """Turn fields stored one after the other, as compressed files have them, into records."""
    table = np.zeros(count, dtype=layout)
    at = 0
    for name in layout.names or ():
        field = layout[name]
        table[name] = np.frombuffer(
            content, field.base, count * int(np.prod(field.shape)), at
        ).reshape((count, *field.shape))
        at += count * field.itemsize
    return table
