"""Functions that make an item of each kind: generated, reconstructed, or a web."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from caddis.app.making.made import Made

if TYPE_CHECKING:
    from caddis.app.batch.items import Item

_POOL = 0
"""Seed of the webs that pieces are cut from. All items share them, as building takes seconds."""


def make(item: Item) -> Made:
    """Make an item of any kind.

    Raises:
        CaddisError: It cannot be made.
    """
    return _MAKERS[item.kind](item)


def _generate(item: Item) -> Made:
    from caddis.app.making.generate import generated
    from caddis.generation.request import Request, Sampling

    options = dict(item.options)
    drawn = {one.name: options.pop(one.name) for one in fields(Sampling) if one.name in options}
    request = Request(**options, seed=item.seed, sampling=Sampling(**drawn), device="cpu")
    (made,) = generated(request, name=item.name)
    record = {name: value for name, value in made.record.items() if name != "stage_seconds"}
    return replace(made, record=record)  # times would differ from run to run


def _reconstruct(item: Item) -> Made:
    from caddis.app.making.scans import reconstructed
    from caddis.geometry.options.points import ReconstructOptions
    from caddis.geometry.scans import load_scan

    asked = dict(item.options)
    scan = Path(asked.pop("scan"))
    options = ReconstructOptions(**asked)
    return reconstructed(load_scan(scan, options.unit), options, scan.name)


def _web(item: Item) -> Made:
    from caddis.app.making.web import solid_web
    from caddis.app.making.web_options import SingleSamples, Structure
    from caddis.geometry.options.webs import SolidOptions

    options: dict[str, Any] = dict(item.options)
    printing = {one.name for one in fields(SolidOptions)} & set(options)
    printed = SolidOptions(**{name: options.pop(name) for name in printing})
    assembly: dict[str, Any] = {}
    asked: SingleSamples | Structure
    if "curve" in options:
        count = {"count": options.pop("samples")} if "samples" in options else {}
        asked = Structure(seed=item.seed, **count, **options)
        web, report = asked.assembled(pool=_POOL)
        assembly = {"assembly": report.to_json()}
    else:
        asked = SingleSamples(seed=item.seed, **options)
        (web,) = asked.samples(pool=_POOL)
    record = {"web": asked.asked(), **assembly}
    return solid_web(web, printed, title=asked.title(), licence=asked.licence(), record=record)


_MAKERS = {"generate": _generate, "reconstruct": _reconstruct, "web": _web}
