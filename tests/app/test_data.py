"""`caddis data` on a small pack made here."""

from __future__ import annotations

from pathlib import Path

import pytest
import trimesh
from PIL import Image

from caddis.app.cli import main
from caddis.app.commands import data as commands
from caddis.data.pack_files import row_of, write_shards
from caddis.data.quarantine import Quarantined, write_quarantine
from caddis.data.record import ObjectRecord
from caddis.data.sources.pack import OPENMIX
from caddis.geometry.errors import UnknownCategoryError

CATEGORIES = ("chair", "lamp")


def record(number: int) -> ObjectRecord:
    category = CATEGORIES[number % 2]
    return ObjectRecord(
        id=f"object-{number}",
        source="somewhere",
        name=f"{category} {number}",
        mesh=trimesh.creation.box((1.0, 0.5, 0.2 + 0.05 * number)),
        category=category,
        kind="procedural",
        captions=(f"a {category}",),
        licence="CC-BY-4.0" if number else "CC0-1.0",
        author="Ada" if number else "Grace",
        split="test" if number == 5 else "train",
        is_solid=True,
    )


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack")
    write_shards(folder, [row_of(record(number)) for number in range(6)], 4)
    write_quarantine(folder, [Quarantined("bad", "somewhere", "lamp", "flat")])
    return folder


def shown(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["data", *arguments]) == 0
    return capsys.readouterr().out


def cells(table: str) -> list[list[str]]:
    lines = (line.strip("│┃ ") for line in table.splitlines())
    return [[cell.strip() for cell in line.split("│")] for line in lines if "│" in line]


def test_the_shipped_pack_is_the_default() -> None:
    assert commands.SHIPPED == OPENMIX


def test_info_counts_by_category_and_split(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = shown(["info", "--pack", str(pack)], capsys)
    assert cells(said)[:3] == [
        ["all", "5", "0", "1", "0", "6"],
        ["chair", "3", "0", "0", "0", "3"],
        ["lamp", "2", "0", "1", "0", "3"],
    ]
    assert [row[i] for row in cells(said) if row[0] == "CC-BY-4.0" for i in (0, -1)] == [
        "CC-BY-4.0",
        "5",
    ]
    assert "run caddis data prepare first" in said


def test_info_of_prepared_data_counts_attributes_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from caddis.data.prepare import prepare
    from caddis.data.sources.families import Families

    cache = tmp_path / "cache"
    prepare(Families(3, names=("stool", "mug")), cache, workers=1)
    rows = cells(shown(["info", "--cache", str(cache)], capsys))
    assert [row[i] for row in rows if row[0] == "families" for i in (0, -1)] == ["families", "6"]
    assert [row[1] for row in rows if row[0] == "holes"] == ["6"]


def test_families_are_drawn_on_a_sheet_and_unknown_ones_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "families.png"
    asked = ["contact-sheet", "--families", "stool", "mug", "--count", "4", "--out", str(picture)]
    assert shown(asked, capsys).startswith("4 objects")
    assert picture.stat().st_size > 5000
    other = tmp_path / "other.png"
    assert main(["data", "contact-sheet", "--families", "stol", "--out", str(other)]) == 2
    assert "'stol'" in capsys.readouterr().err


def test_licences_names_authors(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = cells(shown(["licences", "--pack", str(pack)], capsys))
    assert rows == [["CC-BY-4.0", "Ada", "somewhere", "5"], ["CC0-1.0", "Grace", "somewhere", "1"]]


def test_yield_says_what_was_lost_and_why(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = cells(shown(["yield", "--pack", str(pack)], capsys))
    assert ["somewhere", "7", "6", "86%", "flat (1)"] in rows
    assert ["lamp", "4", "3", "75%", "flat (1)"] in rows


def test_a_contact_sheet_is_a_picture(
    pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.png"
    said = shown(
        ["contact-sheet", "--pack", str(pack), "--category", "lamp", "--out", str(out)], capsys
    )
    assert said.startswith("3 objects")
    with Image.open(out) as sheet:
        assert sheet.width > 3 * 112


def test_the_choice_follows_from_the_seed(pack: Path) -> None:
    def ids(seed: int) -> list[str]:
        return [one.id for one in commands.ContactSheet(pack=pack, count=3, seed=seed).chosen()]

    assert ids(1) == ids(1)
    assert any(ids(1) != ids(other) for other in range(2, 6))


def test_a_category_that_no_object_has_is_unknown(pack: Path) -> None:
    with pytest.raises(UnknownCategoryError, match="whale"):
        commands.ContactSheet(pack=pack, category="whale").chosen()


@pytest.mark.parametrize(
    ("options", "what"),
    [
        (["--category", "whale"], "whale"),
        (["--count", "0"], "count"),
        (["--pack", "no-such-folder"], "no-such-folder"),
    ],
)
def test_a_bad_request_for_a_sheet_is_refused(
    options: list[str], what: str, pack: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "sheet.png"
    arguments = ["data", "contact-sheet", "--pack", str(pack), "--out", str(out), *options]
    assert main(arguments) == 2
    assert what in capsys.readouterr().err
    assert not out.exists()


def test_prepare_makes_training_data_of_a_folder_of_meshes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from caddis.data.training_set import TrainingSet

    for number in range(2):
        record(number).mesh.export(tmp_path / f"chair-{number}.stl")
    cache = tmp_path / "cache"
    said = shown(
        ["prepare", "--meshes", str(tmp_path), "--out", str(cache), "--workers", "1"], capsys
    )
    assert "2 objects in" in said
    assert cells(said)[-1][1:3] == ["2", "2"]
    assert len(TrainingSet(cache)) == 2
