import numpy as np
import pytest
from PIL import Image

from caddis.geometry.errors import ConfigError
from caddis.geometry.pictures.contact_sheet import contact_sheet


def _plain(colour: str, size: int = 20) -> Image.Image:
    return Image.new("RGB", (size, size), colour)


def test_tiles_run_row_by_row():
    colours = ["red", "lime", "blue", "black", "yellow"]
    sheet = contact_sheet([(_plain(colour), "") for colour in colours], columns=3)
    cell = 24
    assert sheet.size == (3 * cell + 4, 2 * cell + 4)
    for index, colour in enumerate(colours):
        spot = (4 + 10 + index % 3 * cell, 4 + 10 + index // 3 * cell)
        assert sheet.getpixel(spot) == Image.new("RGB", (1, 1), colour).getpixel((0, 0))


def test_label_is_drawn_below_and_a_long_one_stays_in_its_tile():
    sheet = contact_sheet([(_plain("red", 60), "w" * 80), (_plain("red", 60), "")], columns=2)
    below = np.asarray(sheet.convert("L"))[66:, :]
    assert (below < 200).any()
    assert not (below[:, 66:] < 200).any()


def test_lines_of_a_label_make_the_rows_higher():
    one = contact_sheet([(_plain("red"), "a")], columns=1)
    two = contact_sheet([(_plain("red"), "a\nb")], columns=1)
    assert two.height > one.height


def test_smaller_pictures_are_centred_and_missing_columns_take_no_room():
    sheet = contact_sheet([(_plain("red", 40), ""), (_plain("blue", 20), "")], columns=8)
    assert sheet.width == 2 * 44 + 4
    assert sheet.getpixel((48 + 20, 4 + 20)) == (0, 0, 255)
    assert sheet.getpixel((48 + 5, 4 + 5)) == (250, 250, 250)


def test_no_tiles_and_no_columns_are_refused():
    with pytest.raises(ConfigError):
        contact_sheet([], columns=2)
    with pytest.raises(ConfigError):
        contact_sheet([(_plain("red"), "")], columns=0)
