"""Put many small labelled pictures on one sheet, to look at many objects at once."""

from __future__ import annotations

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from caddis.geometry.errors import ConfigError

_BACKGROUND = (250, 250, 250)
_INK = (40, 44, 52)
_GAP = 4


def contact_sheet(
    tiles: Sequence[tuple[Image.Image, str]], columns: int, *, font_size: int = 13
) -> Image.Image:
    """Lay out pictures row by row, each with its label below.

    Tiles are as wide as the widest picture; smaller ones are centred. A label may
    have several lines; one that is too wide is cut with an ellipsis.

    Args:
        tiles: Pairs of picture and label.
        columns: Tiles in a row, at least 1.
        font_size: Height of the label's letters in pixels.

    Raises:
        ConfigError: No tiles, or fewer than one column.
    """
    if not tiles or columns < 1:
        raise ConfigError(
            "a contact sheet needs pictures and columns", f"{len(tiles)} tiles, {columns} columns"
        )
    font = ImageFont.load_default(font_size)
    width = max(image.width for image, _ in tiles)
    height = max(image.height for image, _ in tiles)
    lines = max(label.count("\n") + 1 if label else 0 for _, label in tiles)
    label_height = lines * (font_size + 3)
    columns = min(columns, len(tiles))
    rows = -(-len(tiles) // columns)
    cell = (width + _GAP, height + label_height + _GAP)
    sheet = Image.new("RGB", (columns * cell[0] + _GAP, rows * cell[1] + _GAP), _BACKGROUND)
    draw = ImageDraw.Draw(sheet)
    for index, (image, label) in enumerate(tiles):
        left = _GAP + (index % columns) * cell[0]
        top = _GAP + (index // columns) * cell[1]
        offset = ((width - image.width) // 2, (height - image.height) // 2)
        sheet.paste(image.convert("RGB"), (left + offset[0], top + offset[1]))
        for row, line in enumerate(label.split("\n")):
            text = _fitted(line, font, width)
            middle = left + (width - font.getlength(text)) / 2
            draw.text((middle, top + height + row * (font_size + 3)), text, fill=_INK, font=font)
    return sheet


def _fitted(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """Cut `text` with an ellipsis until it is at most `width` pixels wide."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "…") > width:
        text = text[:-1]
    return text + "…"
