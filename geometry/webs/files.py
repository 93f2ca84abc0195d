"""Read and write webs as JSON, GraphML or a plain CSV of nodes and edges, all in millimetres.

JSON    {"format": "caddis-web", "version": 1, "unit": "millimetre", "nodes": [[x, y, z], ...],
        "edges": [[a, b], ...], "radii": [...], "tensions": [...], "anchors": [a, ...]}; the last
        three may be missing. Nodes are numbered from 0.
GraphML node data x, y, z and anchor; edge data radius and tension. Node names may be anything.
CSV     one row per item: "node,x,y,z,anchor" or "edge,a,b,radius,tension". Nodes are numbered
        from 0 in their order. Cells at the end may be missing. Rows that start with # are comments.

Numbers are written so that reading them gives exactly the same values.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import numpy as np

from caddis.geometry.errors import BrokenWebError, TooLargeError, UnsupportedFormatError
from caddis.geometry.files.atomic import write_text
from caddis.geometry.options.checked import checked_arguments
from caddis.geometry.webs.graph import Floats, Web

MAX_BYTES = 64 * 2**20
_FORMAT, _VERSION = "caddis-web", 1


@checked_arguments
def read_web(path: str | Path) -> Web:
    """Read a web in the format that the file's ending names.

    Raises:
        UnsupportedFormatError: The ending is none of `WEB_FORMATS`.
        BrokenWebError: The file is not there, cannot be understood, or holds no proper web.
        TooLargeError: More than 64 MB.
        ConfigError: The argument is no path.

    Example:
        >>> import caddis
        >>> path = caddis.write_web(caddis.build_web("orb", 3), "orb.json")
        >>> len(caddis.read_web(path).nodes) == len(caddis.build_web("orb", 3).nodes)
        True
    """
    path = Path(path)
    read = _READERS[web_format(path)]
    try:
        if path.stat().st_size > MAX_BYTES:
            raise TooLargeError("the web's file is larger than 64 MB", str(path))
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise BrokenWebError(f"cannot be read: {reason}", str(path), "Check the name.") from error
    try:
        return read(text)
    except BrokenWebError as error:
        raise BrokenWebError(error.what, str(path), error.hint) from error
    except (
        SyntaxError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        networkx.NetworkXError,
    ) as why:
        reason = f"{type(why).__name__}: {why}"[:200]
        raise BrokenWebError(
            f"this is not a web: {reason}", str(path), "Write it with `write_web`."
        ) from why


@checked_arguments
def write_web(web: Web, path: str | Path) -> Path:
    """Write a web, whole or not at all, in the format that the file's ending names.

    Raises:
        UnsupportedFormatError: The ending is not in `WEB_FORMATS`.
        OutputError: The file cannot be written.
        ConfigError: An argument has the wrong type.

    Example:
        >>> import caddis
        >>> caddis.write_web(caddis.build_web("orb", 3), "orb.csv").name
        'orb.csv'
    """
    path = Path(path)
    write_text(path, _WRITERS[web_format(path)](web))
    return path


def web_format(path: str | Path) -> str:
    """Return the lower-case ending of `path`.

    Raises:
        UnsupportedFormatError: The ending is not in `WEB_FORMATS`.
    """
    ending = Path(path).suffix.lower()
    if ending not in WEB_FORMATS:
        raise UnsupportedFormatError(
            f"webs cannot be stored in files that end in '{ending}'",
            str(path),
            f"Use {', '.join(WEB_FORMATS)}.",
        )
    return ending


def _to_json(web: Web) -> str:
    held: dict[str, Any] = {
        "format": _FORMAT,
        "version": _VERSION,
        "unit": "millimetre",
        "nodes": web.nodes.tolist(),
        "edges": web.edges.tolist(),
    }
    for name in ("radii", "tensions"):
        if (values := getattr(web, name)) is not None:
            held[name] = values.tolist()
    if web.held.any():
        held["anchors"] = np.flatnonzero(web.held).tolist()
    return json.dumps(held) + "\n"


def _from_json(text: str) -> Web:
    held = json.loads(text)
    if not isinstance(held, dict) or held.get("format") != _FORMAT:
        raise BrokenWebError(f'the file does not say "format": "{_FORMAT}"')
    if held.get("version") != _VERSION or held.get("unit") != "millimetre":
        raise BrokenWebError(f"only version {_VERSION} in millimetres is supported")
    nodes, edges = (np.array(held[name]) for name in ("nodes", "edges"))
    anchors = np.zeros(len(nodes), np.bool_)
    anchors[np.array(held.get("anchors", []), np.int64)] = True
    return Web(nodes, edges, held.get("radii"), held.get("tensions"), anchors)


def _to_csv(web: Web) -> str:
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["# node", "x_mm", "y_mm", "z_mm", "anchor"])
    rows.writerow(["# edge", "a", "b", "radius_mm", "tension"])
    for place, held in zip(web.nodes.tolist(), web.held.tolist(), strict=True):
        rows.writerow(["node", *map(repr, place), int(held)])
    for row, ends in enumerate(web.edges.tolist()):
        values = [_cell(one, row) for one in (web.radii, web.tensions)]
        rows.writerow(["edge", *ends, *values])
    return out.getvalue()


def _cell(values: Floats | None, row: int) -> str:
    return "" if values is None else repr(float(values[row]))


def _from_csv(text: str) -> Web:
    nodes, edges, anchors = [], [], []
    values: dict[str, list[float | None]] = {"radii": [], "tensions": []}
    for cells in csv.reader(io.StringIO(text)):
        if not cells or cells[0].startswith("#"):
            continue
        kind, *rest = (cell.strip() for cell in cells)
        if kind == "node":
            nodes.append([float(cell) for cell in rest[:3]])
            anchors.append(bool(int(rest[3])) if len(rest) > 3 and rest[3] else False)
        elif kind == "edge":
            edges.append([int(cell) for cell in rest[:2]])
            padded = [*rest[2:], "", ""]
            for column, cell in zip(values.values(), padded, strict=False):
                column.append(float(cell) if cell else None)
        else:
            raise BrokenWebError(f"a row starts with {kind!r}", "", 'Rows start "node" or "edge".')
    return Web(
        np.array(nodes, np.float64).reshape(-1, 3),
        np.array(edges, np.int64).reshape(-1, 2),
        _all_or_none(values["radii"], "radius"),
        _all_or_none(values["tensions"], "tension"),
        np.array(anchors, np.bool_),
    )


def _all_or_none(column: list[float | None], name: str) -> Floats | None:
    given = [value for value in column if value is not None]
    if not given:
        return None
    if len(given) < len(column):
        raise BrokenWebError(f"some edges have a {name} and others have none", "", "Give all.")
    return np.array(given)


def _to_graphml(web: Web) -> str:
    graph = networkx.Graph(unit="millimetre")
    for number, (place, held) in enumerate(zip(web.nodes.tolist(), web.held, strict=True)):
        graph.add_node(number, **dict(zip("xyz", place, strict=True)), anchor=bool(held))
    for row, (one, two) in enumerate(web.edges.tolist()):
        named = {"radius": web.radii, "tension": web.tensions}
        graph.add_edge(
            one, two, order=row, **{k: float(v[row]) for k, v in named.items() if v is not None}
        )
    return "\n".join(networkx.generate_graphml(graph)) + "\n"


def _from_graphml(text: str) -> Web:
    graph = networkx.parse_graphml(text)
    if graph.is_multigraph():
        raise BrokenWebError("an edge is given twice", "edges", "Give each pair once.")
    number = {name: row for row, name in enumerate(graph.nodes)}
    about = list(graph.nodes.values())
    found = sorted(graph.edges(data=True), key=lambda edge: edge[2].get("order", 0))
    return Web(
        np.array([[float(one[axis]) for axis in "xyz"] for one in about]).reshape(-1, 3),
        np.array([[number[a], number[b]] for a, b, _ in found], np.int64).reshape(-1, 2),
        _all_or_none([edge[2].get("radius") for edge in found], "radius"),
        _all_or_none([edge[2].get("tension") for edge in found], "tension"),
        np.array([bool(one.get("anchor", False)) for one in about], np.bool_),
    )


_READERS: dict[str, Callable[[str], Web]] = {
    ".json": _from_json,
    ".graphml": _from_graphml,
    ".csv": _from_csv,
}
_WRITERS: dict[str, Callable[[Web], str]] = {
    ".json": _to_json,
    ".graphml": _to_graphml,
    ".csv": _to_csv,
}

WEB_FORMATS = tuple(_READERS)
"""Endings that `read_web` and `write_web` understand."""
