"""The reports of a batch: JSON lines, contact sheets, one HTML page.

They depend on the outcomes alone and hold no times: the same items give the same bytes, however
often the batch was interrupted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from html import escape
from pathlib import Path

from caddis.app.batch.journal import Outcome
from caddis.app.batch.plates import Plate
from caddis.geometry.files.atomic import atomic_path, write_text

_PER_SHEET, _COLUMNS = 60, 10
_WORDS = {"good": "passes", "failed": "fails the gate", "bad": "not made"}


def write_reports(out: Path, outcomes: Sequence[Outcome]) -> None:
    """Write `reports.jsonl`: one line per item, in the order of the jobs."""
    lines = [
        json.dumps(
            {
                "item": one.item,
                "verdict": one.verdict,
                "reason": one.reason,
                "files": one.files,
                "report": one.report,
            }
        )
        for one in outcomes
    ]
    write_text(out / "reports.jsonl", "".join(f"{line}\n" for line in lines))


def write_sheets(out: Path, outcomes: Sequence[Outcome]) -> list[str]:
    """Write `sheet-N.png`, 60 pictures each; return their names."""
    from PIL import Image

    from caddis.geometry.pictures.contact_sheet import contact_sheet

    shown = [one for one in outcomes if one.files]
    names = []
    for start in range(0, len(shown), _PER_SHEET):
        tiles = []
        for one in shown[start : start + _PER_SHEET]:
            with Image.open(out / f"pictures/{one.item}.png") as picture:
                tiles.append((picture.convert("RGB"), f"{one.item}\n{_WORDS[one.verdict]}"))
        names.append(f"sheet-{start // _PER_SHEET + 1}.png")
        with atomic_path(out / names[-1]) as temporary:
            contact_sheet(tiles, _COLUMNS).save(temporary, format="PNG")
    for stale in out.glob("sheet-*.png"):
        if stale.name not in names:
            stale.unlink()
    return names


def write_page(
    out: Path,
    outcomes: Sequence[Outcome],
    sheets: Sequence[str],
    plates: Sequence[Plate],
    too_large: Sequence[str],
) -> None:
    """Write `index.html`, which refers only to files in the batch's folder."""
    counts = {name: sum(one.verdict == name for one in outcomes) for name in _WORDS}
    links = ["reports.jsonl", *sheets]
    body = [
        f"<h1>{len(outcomes)} items</h1>",
        "<p>" + ", ".join(f"{count} {_WORDS[name]}" for name, count in counts.items()) + "</p>",
        "<p>" + " · ".join(f'<a href="{name}">{name}</a>' for name in links) + "</p>",
        *_plates(plates, too_large),
        *_bad(outcomes),
        '<div class="items">',
        *(_card(one) for one in outcomes if one.files),
        "</div>",
    ]
    write_text(out / "index.html", _PAGE.replace("BODY", "\n".join(body)))


def _plates(plates: Sequence[Plate], too_large: Sequence[str]) -> list[str]:
    rows = [
        f'<li><a href="{plate.file}">{plate.file}</a>: {len(plate.items)} parts</li>'
        for plate in plates
    ]
    if too_large:
        rows.append(f"<li>larger than the bed: {escape(', '.join(too_large))}</li>")
    return ["<h2>Plates</h2><ul>", *rows, "</ul>"] if rows else []


def _bad(outcomes: Sequence[Outcome]) -> list[str]:
    rows = [
        f"<tr><td>{escape(one.item)}</td><td>{escape(one.reason)}</td></tr>"
        for one in outcomes
        if not one.files
    ]
    return ["<h2>Not made</h2><table>", *rows, "</table>"] if rows else []


def _card(one: Outcome) -> str:
    status = escape(str(one.report["gate"]["status"]))
    links = " ".join(
        f'<a href="{name}">{"graph" if name.startswith("webs/") else name.rsplit(".", 1)[1]}</a>'
        for name in one.files
        if name.startswith("webs/") or (name.startswith("meshes/") and not name.endswith(".json"))
    )
    hints = [
        f"{check['name'].replace('_', ' ')}: {check['hint']}"
        for check in one.report["gate"]["checks"]
        if check["status"] != "pass"
    ]
    notes = "".join(f"<li>{escape(hint)}</li>" for hint in hints)
    return (
        f'<figure class="{status}"><img loading="lazy" src="pictures/{one.item}.png" '
        f'alt="{escape(one.item)}"><figcaption><b>{escape(one.item)}</b> '
        f"<i>{status}</i><br>{escape(str(one.report['title']))}<br>{links}"
        f"<ul>{notes}</ul></figcaption></figure>"
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Caddis batch</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; color: #22262b; }
a { color: #0a6c74; } td { padding: .2rem .8rem .2rem 0; vertical-align: top; }
.items { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid #dfe3e6; border-radius: 8px; overflow: hidden; }
figcaption { padding: .5rem .75rem; } img { width: 100%; display: block; }
ul { margin: .3rem 0 0; padding-left: 1.1rem; font-size: 13px; }
i { font-style: normal; padding: 0 .4rem; border-radius: 4px; background: #d6efe0; }
.warn i { background: #fbeabf; } .fail i { background: #f7d3cf; }
</style>
BODY
</html>
"""
