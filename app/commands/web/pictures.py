"""Pictures of webs, and sheets of many."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from caddis.geometry.webs.graph import Web

_COLUMNS = 4


def write_picture(web: Web, path: Path, forces: NDArray[np.float64] | None, size: int) -> None:
    """Draw a web, its threads coloured by `forces` (E,), and write a PNG."""
    from caddis.geometry.webs.drawing import draw_web

    _write(draw_web(web, size, forces=forces), path)


def write_sheet(webs: Sequence[Web], labels: Sequence[str], path: Path, size: int) -> None:
    """Draw webs side by side, `size` pixels each, coloured by their forces when pulled along x.

    A web whose two ends are not connected is drawn in one colour.
    """
    from caddis.geometry.pictures.contact_sheet import contact_sheet
    from caddis.geometry.webs.drawing import draw_web

    tiles = []
    for web, label in zip(webs, labels, strict=True):
        shown, forces = _pulled(web)
        tiles.append((draw_web(shown, size, forces=forces), label))
    _write(contact_sheet(tiles, _COLUMNS), path)


def _pulled(web: Web) -> tuple[Web, NDArray[np.float64] | None]:
    from caddis.geometry.errors import BrokenWebError, MechanismError
    from caddis.geometry.webs.mechanics import stretch
    from caddis.geometry.webs.solid import with_radii

    thin = 0.1 * float(web.lengths.mean())
    try:
        pulled = stretch(with_radii(web, thin), "x")
    except (BrokenWebError, MechanismError):
        return web, None
    return pulled.web, pulled.axial_n


def _write(picture: Image, path: Path) -> None:
    from caddis.geometry.files.atomic import atomic_path

    with atomic_path(path) as temporary:
        picture.save(temporary, format="PNG")
