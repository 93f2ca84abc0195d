"""Pictures and plots as files that appear whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

from caddis.geometry.files.atomic import atomic_path

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def save_png(image: Image.Image, path: Path, colours: int | None = None) -> None:
    """Write a PNG; with `colours`, of so many colours and as small as it gets."""
    with atomic_path(path) as beside:
        if colours is None:
            image.save(beside, format="PNG")
        else:
            image.quantize(colours).save(beside, format="PNG", optimize=True)


def save_jpeg(image: Image.Image, path: Path, quality: int) -> None:
    """Write a JPEG."""
    with atomic_path(path) as beside:
        image.save(beside, format="JPEG", quality=quality)


def plots(*grid: int, **options: Any) -> tuple[Figure, Any]:
    """Return a figure without a window and its axes, as `pyplot.subplots` does."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot

    return pyplot.subplots(*grid, layout="constrained", **options)


def save_figure(figure: Figure, path: Path, dpi: int) -> None:
    """Write a plot as a PNG, and close it."""
    from matplotlib import pyplot

    with atomic_path(path) as beside:
        figure.savefig(beside, format="png", dpi=dpi)
    pyplot.close(figure)
