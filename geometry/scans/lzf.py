"""LZF (Marc Lehmann's LibLZF), the compression inside binary_compressed PCD files."""

from __future__ import annotations

_LITERAL = 32  # a control byte c below this is followed by c + 1 bytes to copy
_LONG = 7  # a length of 7 is continued in the next byte


def decompress(packed: bytes, size: int) -> bytes:
    """Unpack to exactly `size` bytes.

    Raises:
        ValueError: The data are damaged or unpack to another size.
    """
    result = bytearray()
    at, end = 0, len(packed)
    try:
        while at < end and len(result) <= size:
            control = packed[at]
            at += 1
            if control < _LITERAL:
                result += packed[at : at + control + 1]
                at += control + 1
                continue
            length = control >> 5
            if length == _LONG:
                length += packed[at]
                at += 1
            start = len(result) - ((control & 31) << 8) - packed[at] - 1
            at += 1
            if start < 0:
                raise ValueError("a reference before the beginning")
            _repeat(result, start, length + 2)
    except IndexError as error:
        raise ValueError("cut off") from error
    if len(result) != size:
        raise ValueError("unpacks to another size")
    return bytes(result)


def _repeat(result: bytearray, start: int, length: int) -> None:
    """Append `length` bytes from `start` on; the range may overlap the bytes being appended."""
    distance = len(result) - start
    piece = bytes(result[start : start + length])
    while len(piece) < length:
        piece += piece[: length - len(piece)] if len(piece) % distance == 0 else piece[:distance]
    result += piece[:length]
