"""Shortens the boxes in which tyro reports bad arguments to one line."""

from __future__ import annotations

import re

_PLAINER = (
    (re.compile(r"Error parsing (\S+): invalid literal for int\(\) with base 10: ('.*')"),
     r"\1 must be a whole number, not \2"),
    (re.compile(r"Error parsing (\S+): (?:could not convert string to float: )('.*')"),
     r"\1 must be a number, not \2"),
    (re.compile(r"Error parsing (\S+): no type matching .*FLOAT\S* could be instantiated from "
                r"\[('.*')\]"),
     r"\1 must be a number, not \2"),
    (re.compile(r"Error parsing (\S+): no type matching .*INT\S* could be instantiated from "
                r"\[('.*')\]"),
     r"\1 must be a whole number, not \2"),
)  # fmt: skip
"""Messages of Python's and tyro's parsers, and what they mean to people."""
_RULE = re.compile(r"[╭╰]|[─-]{4,}")


def help_command(box: str) -> str:
    """Return the command in tyro's message whose help says more."""
    found = re.search(r"caddis[a-z -]*--help", re.sub(r"[│\s]+", " ", box))
    return found[0] if found else "caddis --help"


def one_line(box: str) -> str:
    """Return the first part of tyro's message as one sentence, without frame and help."""
    lines = [line.strip(" │\n") for line in box.splitlines() if line.strip()]
    rules = [number for number, line in enumerate(lines) if _RULE.match(line)]
    # the title is in the upper rule or, where boxes cannot be drawn, above it
    first, *rest = rules or [-1]
    body = lines[first + 1 : rest[0] if rest else len(lines)]
    text = re.sub(r"\s+", " ", " ".join(body)).strip().rstrip(":")
    text = re.sub(r"\[/?bold\]", "", text).replace("argument '--", "'--")
    choices = re.search(r"[({]('[^(){}]*')[)}]", text)
    if choices:
        words = sorted(set(re.findall(r"'([^']*)'", choices[1])) - {"None"})
        text = text.replace(choices[0], ", ".join(words))
    text = text.partition(" Got errors:")[0]
    for pattern, plain in _PLAINER:
        text = pattern.sub(plain, text)
    return text.removesuffix(".")
