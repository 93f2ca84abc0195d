"""How an item of each kind is made: generated, reconstructed, or a web."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import trimesh

    from caddis.app.batch.items import Item
    from caddis.geometry.gate import GateReport
    from caddis.geometry.webs.graph import Web

_POOL = 0
"""Seed of the webs that pieces are cut from: the same for all items, since they take seconds."""


@dataclass(frozen=True)
class Made:
    """One object.

    Attributes:
        mesh: In mm, on the bed.
        report: The print gate's.
        described: Title, licence and record, as `geometry.files.export.export_mesh` takes them.
        web: The graph of a web.
    """

    mesh: trimesh.Trimesh
    report: GateReport
    described: dict[str, Any]
    web: Web | None = None


def make(item: Item) -> Made:
    """Make an item of any kind.

    Raises:
        CaddisError: It cannot be made.
    """
    return _MAKERS[item.kind](item)


def _generate(item: Item) -> Made:
    from caddis.app.delivery import describe
    from caddis.app.generating import sampling
    from caddis.generation.pipeline import Request, generate

    options = dict(item.options)
    drawn = {name: options.pop(name, None) for name in ("guidance", "temperature", "top_p")}
    request = Request(**options, seed=item.seed, sampling=sampling(**drawn), device="cpu")
    (made,) = generate(request)
    described = describe(made, item.name)
    del described["record"]["stage_seconds"]  # so that the same item has the same bytes
    return Made(made.mesh, made.report, described)


def _reconstruct(item: Item) -> Made:
    from caddis.app.delivery import UNKNOWN_LICENCE, versions
    from caddis.geometry.gate import check
    from caddis.geometry.scans.reconstruct import Options, load_scan, reconstruct

    options = dict(item.options)
    scan, height = Path(options.pop("scan")), options.pop("height_mm", None)
    process, unit = options.pop("process", "fdm"), options.pop("unit", "auto")
    solid = reconstruct(load_scan(scan, unit), height_mm=height, options=Options(**options))
    report = check(solid.mesh, profile=process, height_mm=height)
    record = {
        "source": scan.name,
        "changes": list(solid.changes),
        "gate": report.to_json(),
        "versions": versions(),
    }
    described = {"title": scan.stem, "licence": UNKNOWN_LICENCE, "record": record}
    return Made(solid.mesh, report, described)


def _web(item: Item) -> Made:
    from caddis.app.delivery import versions
    from caddis.app.structures import Fabrication, SingleSamples, Structure
    from caddis.geometry.gate import check
    from caddis.geometry.webs.solid import web_solid

    options: dict[str, Any] = dict(item.options)
    printed = {one.name for one in fields(Fabrication)}
    how = Fabrication(**{name: options.pop(name) for name in printed & set(options)})
    for name in {"web", "path"} & set(options):
        options[name] = Path(options[name])
    assembly = None
    asked: SingleSamples | Structure
    if "curve" in options:
        count = {"count": options.pop("samples")} if "samples" in options else {}
        asked = Structure(seed=item.seed, **count, **options)
        web, report = asked.assembled(pool=_POOL)
        assembly = report.to_json()
    else:
        asked = SingleSamples(seed=item.seed, **options)
        (web,) = asked.samples(pool=_POOL)
    solid = web_solid(web, how.options())
    gate = check(solid.mesh, profile=how.process)
    record = {
        "web": asked.asked(),
        **({"assembly": assembly} if assembly else {}),
        "print": vars(how),
        "changes": list(solid.changes),
        "gate": gate.to_json(),
        "versions": versions(),
    }
    described = {"title": asked.title(), "licence": asked.licence(), "record": record}
    return Made(solid.mesh, gate, described, web)


_MAKERS = {"generate": _generate, "reconstruct": _reconstruct, "web": _web}
