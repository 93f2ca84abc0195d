"""Jobs are read from every format, and a bad line affects no other."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

import pytest

from caddis.app.batch.jobs import Job, read_jobs
from caddis.geometry.errors import CaddisError, ConfigError, MeshReadError, UnsupportedFormatError

CSV = "id,text,count,seed,height_mm,formats,process\nstool,a stool,2,7,40,3mf stl,sla\nany,,,,,,\n"
WANTED = [
    Job(
        "stool", "generate", 2, 7, ("3mf", "stl"),
        {"text": "a stool", "height_mm": 40.0, "process": "sla"},
    ),
    Job("any"),
]  # fmt: skip
ROWS = [
    {"id": "stool", "text": "a stool", "count": 2, "seed": 7, "height": 40, "process": "sla",
     "formats": ["3mf", ".STL"]},
    {"id": "any"},
]  # fmt: skip


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("jobs.csv", CSV),
        ("bom.csv", "\ufeff" + CSV),
        ("jobs.jsonl", "\n".join(json.dumps(row) for row in ROWS) + "\n\n"),
        ("jobs.yaml", json.dumps(ROWS)),
        ("jobs.yml", json.dumps({"jobs": ROWS})),
    ],
)
def test_every_format_gives_the_same_jobs(name: str, text: str, tmp_path: Path) -> None:
    assert read_jobs(written(tmp_path, name, text)) == WANTED


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": "../x"}, "an id is"),
        ({"id": ".hidden"}, "an id is"),
        ({"id": "a", "colour": "red"}, "no field 'colour'"),
        ({"id": "a", "scan": "x.stl", "text": "a chair"}, "to reconstruct has no field 'text'"),
        ({"id": "a", "count": 0}, "count must be"),
        ({"id": "a", "count": 1.5}, "count must be a whole number, not 1.5"),
        ({"id": "a", "count": True}, "count must be a whole number, not True"),
        ({"id": "a", "seed": "x"}, "seed must be a whole number of at least 0, not 'x'"),
        ({"id": "a", "height_mm": []}, "height_mm must be a number from 1 to 2,000"),
        ({"id": "a", "formats": "dwg"}, "formats must be some of 3mf"),
        ({"id": "FIRST"}, "used twice"),
        ([1], "does not map names to values"),
    ],
)
def test_a_bad_line_is_one_bad_job(row: object, problem: str, tmp_path: Path) -> None:
    rows = [{"id": "first"}, row, {"id": "last"}]
    path = written(tmp_path, "jobs.jsonl", "\n".join(json.dumps(each) for each in rows))
    first, bad, last = read_jobs(path)
    assert problem in bad.problem
    assert (first.problem, last.problem) == ("", "")
    assert len({first.id, bad.id, last.id}) == 3


def test_a_line_that_is_not_json_or_too_long_is_one_bad_job(tmp_path: Path) -> None:
    jobs = read_jobs(written(tmp_path, "jobs.jsonl", '{"id": "a"}\n{"id": \n{"id": "c"}'))
    assert [job.problem for job in jobs] == ["", "not JSON", ""]
    jobs = read_jobs(written(tmp_path, "jobs.csv", "id,text\na,x\nb,y,z\n"))
    assert [bool(job.problem) for job in jobs] == [False, True]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("none.csv", None, MeshReadError),
        ("jobs.xls", "x", UnsupportedFormatError),
        ("empty.csv", "id,text\n", ConfigError),
        ("jobs.yaml", "- [", MeshReadError),
        ("jobs.yaml", "a: 1", MeshReadError),
        ("jobs.yaml", "!!python/object/apply:os.getcwd []", MeshReadError),
        ("jobs.csv", 'id\n"a', MeshReadError),
    ],
)
def test_a_file_without_a_list_of_jobs_is_refused(
    name: str, text: str | None, error: type[CaddisError], tmp_path: Path
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    with pytest.raises(error):
        read_jobs(path)


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "jobs.csv").write_bytes(b"id\n\xff\xfe\n")
    with pytest.raises(MeshReadError):
        read_jobs(tmp_path / "jobs.csv")


def test_a_folder_of_scans_is_a_job_each_with_the_defaults(tmp_path: Path) -> None:
    for name in ("b.stl", "a b.PLY", "sub/b.stl", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    jobs = read_jobs(tmp_path, {"height_mm": 30.0, "formats": ["stl"]})
    assert {job.id for job in jobs} == {"a-b.PLY", "b.stl", "sub-b.stl"}
    assert {job.kind for job in jobs} == {"reconstruct"}
    assert all(job.options["height_mm"] == 30.0 and job.formats == ("stl",) for job in jobs)


def test_laser_scans_are_read_and_a_folder_of_images_is_refused(tmp_path: Path) -> None:
    (tmp_path / "cat.PNG").touch()
    with pytest.raises(ConfigError, match="images cannot be made into solids"):
        read_jobs(tmp_path)
    for name in ("a.laz", "b.e57", "c.las"):
        (tmp_path / name).touch()
    assert len(read_jobs(tmp_path)) == 3


def test_a_scan_may_set_its_surface_and_unit(tmp_path: Path) -> None:
    row = {"id": "a", "scan": "a.ply", "surface": "voromesh", "resolution": "48", "unit": "cm"}
    (job,) = read_jobs(written(tmp_path, "jobs.jsonl", json.dumps(row)))
    assert job.problem == ""
    assert (job.options["surface"], job.options["resolution"]) == ("voromesh", 48)
    assert job.options["unit"] == "cm"


def test_the_path_of_a_scan_is_relative_to_the_jobs_file(tmp_path: Path) -> None:
    (job,) = read_jobs(written(tmp_path, "jobs.jsonl", '{"id": "a", "scan": "part.ply"}'))
    assert job.options["scan"] == str(tmp_path / "part.ply")


def test_the_examples_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "batch.md").read_text(encoding="utf-8")
    blocks = re.findall(r"(?:^    id,.*\n)(?:^    .+\n)+", page, flags=re.MULTILINE)
    assert len(blocks) == 2
    jobs = [job for block in blocks for job in read_jobs(written(tmp_path, "a.csv", dedent(block)))]
    assert [job.problem for job in jobs] == [""] * 4
    assert [job.kind for job in jobs] == ["generate", "generate", "web", "web"]
