"""The LDraw library as a source: references, mirrored pieces, windings, and what is left out."""

from pathlib import Path

import numpy as np
import pytest

from caddis.data.sources.ldraw import LDraw
from caddis.geometry.errors import DataError

# A square of side 2 in the plane y = 0, seen from outside at -y (up in LDraw).
SQUARE = "0 Square\n0 BFC CERTIFY CCW\n4 16 1 0 -1  1 0 1  -1 0 1  -1 0 -1\n"
SQUARE_CW = "0 Square\n0 BFC CERTIFY CW\n4 16 -1 0 -1  -1 0 1  1 0 1  1 0 -1\n"
HEAD = """0 Brick  1 x  1 without Studs
0 Name: 1.dat
0 Author: Jane Doe [jane]
0 !LICENSE Licensed under CC BY 4.0 : see CAreadme.txt
0 !CATEGORY Brick
0 !KEYWORDS cube, block
0 BFC CERTIFY CCW
"""
# The rows of the matrix are the images' x, y and z: six squares around a cube of side 20.
SIDES = [
    "1 16 0 -10 0  10 0 0  0 10 0  0 0 10 {f}",
    "0 BFC INVERTNEXT\n1 16 0 10 0  10 0 0  0 10 0  0 0 10 {f}",
    "1 16 0 0 -10  10 0 0  0 0 10  0 10 0 {f}",  # a mirrored copy, turned around by its matrix
    "0 BFC INVERTNEXT\n1 16 0 0 10  10 0 0  0 0 10  0 10 0 {f}",
    "1 16 -10 0 0  0 10 0  10 0 0  0 0 10 {f}",
    "0 BFC INVERTNEXT\n1 16 10 0 0  0 10 0  10 0 0  0 0 10 {f}",
]


def cube(square: str = r"s\square.dat") -> str:
    return HEAD + "\n".join(side.format(f=square) for side in SIDES) + "\n"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    (tmp_path / "parts" / "s").mkdir(parents=True)
    (tmp_path / "p").mkdir()
    (tmp_path / "parts" / "s" / "square.dat").write_text(SQUARE)
    (tmp_path / "p" / "squarecw.dat").write_text(SQUARE_CW)
    (tmp_path / "parts" / "1.dat").write_text(cube())
    return tmp_path


@pytest.mark.parametrize("square", [r"s\square.dat", "squarecw.dat", "S\\SQUARE.DAT"])
def test_a_cube_of_mirrored_and_inverted_pieces_is_closed_and_the_right_way_out(
    library: Path, square: str
) -> None:
    (library / "parts" / "1.dat").write_text(cube(square))
    (part,) = LDraw(library)
    assert part.problem == ""
    assert part.mesh.is_watertight
    assert part.mesh.volume == pytest.approx(20.0**3)


def test_z_is_up_and_the_header_is_read(library: Path) -> None:
    slab = HEAD + "3 16 0 0 0  10 0 0  0 -8 0\n"
    (library / "parts" / "1.dat").write_text(slab)
    (part,) = LDraw(library)
    assert np.ptp(part.mesh.vertices, axis=0) == pytest.approx([10, 0, 8])
    assert part.mesh.bounds[1, 2] == 8
    assert part.longest_side_m == pytest.approx(10 * 0.0004)
    assert (part.name, part.category) == ("brick 1 x 1 without studs", "toy_brick")
    assert (part.licence, part.author) == ("CC-BY-4.0", "Jane Doe")
    assert part.tags == ("cube", "block")


@pytest.mark.parametrize(
    "first",
    [
        "0 ~Moved to 1",
        "0 =Brick",
        "0 _Brick Red",
        "0 Brick 1 x 1 with Face Pattern",
        "0 Sticker 2 x",
    ],
)
def test_what_has_no_shape_of_its_own_is_left_out(library: Path, first: str) -> None:
    (library / "parts" / "2.dat").write_text(first + "\n3 16 0 0 0  1 0 0  0 1 0\n")
    assert len(LDraw(library)) == len(list(LDraw(library))) == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("1 16 0 0 0  1 0 0  0 1 0  0 0 1 gone.dat", "'gone.dat' is missing"),
        ("1 16 0 0 0  1 0 0  0 1 0  0 0 1 ../../1.dat", "is missing"),
        ("1 16 0 0 0  1 0 0  0 1 0  0 0 1 2.dat", "circle"),
        ("3 16 0 0 0  1 0 0", "line of type 3 without its 9 numbers"),
        ("4 16 0 0 0  1 0 0  0 x 0  0 0 1", "line of type 4"),
        ("3 16 0 0 0  1 0 nan  0 1 0", "line of type 3"),
    ],
)
def test_a_part_that_cannot_be_read_says_why(library: Path, line: str, says: str) -> None:
    (library / "parts" / "2.dat").write_text("0 Broken\n0 Name: 2.dat\n" + line + "\n")
    part = next(part for part in LDraw(library) if part.id == "ldraw-2")
    assert says in part.problem
    assert len(part.mesh.faces) == 0


def test_a_folder_that_is_not_the_library(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'parts' and 'p'"):
        LDraw(tmp_path)
