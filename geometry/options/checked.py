"""Check every field of an options dataclass against its annotation.

A field states its limits in its type: `Annotated[float | None, Interval(ge=1, le=2000)]`.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
import types
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

_UNMENTIONED_LIMIT = 2**53
"""Upper limits from this value on are left out of messages, because nobody reaches them."""


class Checked:
    """A frozen dataclass that inherits from this refuses values outside its declared types.

    Values that mean the same are converted: "7" and `numpy.int64(7)` to 7, "a" to `Path("a")`.
    """

    def __post_init__(self: DataclassInstance) -> None:
        """Check and convert every field.

        Raises:
            ConfigError: A field has the wrong type or is outside its limits.
        """
        for field in fields(self):
            value = check_field(type(self), field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)  # the dataclass is frozen


def check_field(owner: type, name: str, value: Any) -> Any:
    """Check a value for the field `name` of the dataclass `owner` and convert it to its type.

    Raises:
        ConfigError: The value is not allowed; the error says which values are.
    """
    from pydantic import ValidationError

    try:
        if isinstance(value, bool) and not allows_truth(owner, name):
            raise TypeError
        return _adapter(owner, name).validate_python(value)
    except (ValidationError, TypeError):
        shown = repr(value) if len(repr(value)) <= 60 else f"{type(value).__name__} of that length"
        raise ConfigError(
            f"{name} must be {phrase(annotation(owner, name))}, not {shown}"
        ) from None


@cache
def declared(owner: type) -> dict[str, Any]:
    """Return the annotations of a dataclass with their limits, by field."""
    return get_type_hints(owner, include_extras=True)


def annotation(owner: type, name: str) -> Any:
    """Return the annotation of one field with its limits."""
    return declared(owner)[name]


@cache
def _adapter(owner: type, name: str) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, InstanceOf, TypeAdapter

    kind = annotation(owner, name)
    (bare, *_) = parts(kind)
    if hasattr(bare, "__dataclass_fields__"):  # nested options have checked themselves
        return TypeAdapter(InstanceOf[bare])  # type: ignore[valid-type, misc]
    return TypeAdapter(kind, config=ConfigDict(allow_inf_nan=False, arbitrary_types_allowed=True))


@cache
def allows_truth(owner: type, name: str) -> bool:
    """Tell whether a field may be True or False, which would otherwise pass as 1 and 0."""
    return bool in parts(annotation(owner, name)) or Any in parts(annotation(owner, name))


def limits(owner: type, name: str) -> tuple[float | None, float | None]:
    """Return the smallest and the largest allowed number; None where there is no limit."""
    least = most = None
    for extra in _extras(annotation(owner, name)):
        least = getattr(extra, "ge", None) if getattr(extra, "ge", None) is not None else least
        least = getattr(extra, "gt", None) if getattr(extra, "gt", None) is not None else least
        most = getattr(extra, "le", None) if getattr(extra, "le", None) is not None else most
    return least, most


def choices(owner: type, name: str) -> tuple[str, ...]:
    """Return the words that a field allows, in the order of their declaration."""
    return tuple(
        str(word)
        for part in parts(annotation(owner, name))
        if get_origin(part) is Literal
        for word in get_args(part)
    )


def phrase(kind: Any) -> str:
    """Describe the values of an annotated type in words: "a number from 1 to 2000"."""
    text = " or ".join(dict.fromkeys(_word(part) for part in parts(kind) if part is not type(None)))
    return text + _range(_extras(kind)) + (" or left out" if type(None) in parts(kind) else "")


def _word(part: Any) -> str:
    if get_origin(part) is Literal:
        return "one of " + ", ".join(map(str, get_args(part)))
    if get_origin(part) is tuple:
        inner = [one for one in get_args(part) if one is not Ellipsis]
        return f"{len(inner)} numbers" if float in inner else "a list"
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "text",
             Path: "a path"}  # fmt: skip
    return words.get(part, getattr(part, "__name__", str(part)))


def _range(extras: tuple[Any, ...]) -> str:
    text = ""
    for extra in extras:
        above, least = getattr(extra, "gt", None), getattr(extra, "ge", None)
        most, length = getattr(extra, "le", None), getattr(extra, "max_length", None)
        if length is not None:
            text += f" of at most {length} characters"
        elif least is not None and most is not None and most < _UNMENTIONED_LIMIT:
            text += f" from {least:g} to {most:,.15g}"
        elif above is not None:
            text += f" above {above:g}" + (f", at most {most:,.15g}" if most is not None else "")
        elif least is not None:
            text += f" of at least {least:g}"
    return text


def _extras(kind: Any) -> tuple[Any, ...]:
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


def parts(kind: Any) -> tuple[Any, ...]:
    """Return the members of a union, or the type itself, without its limits."""
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    return get_args(bare) if get_origin(bare) in {Union, types.UnionType} else (bare,)


@cache
def described(owner: type) -> dict[str, str]:
    """Return the text below each field of a dataclass and of those that it inherits from."""
    found: dict[str, str] = {}
    for one in reversed(owner.__mro__):
        if hasattr(one, "__dataclass_fields__"):
            (tree,) = ast.parse(textwrap.dedent(inspect.getsource(one))).body
            found |= _texts(tree)
    return found


def _texts(tree: ast.stmt) -> dict[str, str]:
    assert isinstance(tree, ast.ClassDef)  # noqa: S101  # the source of a class
    return {
        above.target.id: inspect.cleandoc(below.value.value).replace("\n", " ")
        for above, below in itertools.pairwise(tree.body)
        if isinstance(above, ast.AnnAssign) and isinstance(above.target, ast.Name)
        if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        if isinstance(below.value.value, str)
    }
