"""Check every field of an options dataclass against its annotation.

A field states its limits in its type: `Annotated[float | None, Interval(ge=1, le=2000)]`. So may
the parameters of a function: see `checked_arguments`.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import textwrap
import types
from collections.abc import Callable, Mapping
from dataclasses import fields
from functools import cache, wraps
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    ParamSpec,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from caddis.geometry.errors import ConfigError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from pydantic import TypeAdapter

P = ParamSpec("P")
R = TypeVar("R")
Owner = type | Callable[..., Any]
"""What declares fields or parameters: a dataclass or a function."""

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


def checked_arguments(function: Callable[P, R]) -> Callable[P, R]:
    """Make a function refuse arguments that its annotations do not allow, as `Checked` does.

    The function then raises ConfigError for them. All names in its annotations must be there when
    it is called, not for type checkers alone.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        given = signature.bind(*args, **kwargs)
        for name, value in given.arguments.items():
            given.arguments[name] = check_field(function, name, value)
        return function(*given.args, **given.kwargs)

    return checked


def check_field(owner: Owner, name: str, value: Any) -> Any:
    """Return a value as the field or parameter `name` of `owner` holds it.

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
def declared(owner: Owner) -> dict[str, Any]:
    """Return the annotations of a dataclass or a function with their limits, by name."""
    return get_type_hints(owner, include_extras=True)


def annotation(owner: Owner, name: str) -> Any:
    """Return the annotation of one field with its limits."""
    return declared(owner)[name]


@cache
def _adapter(owner: Owner, name: str) -> TypeAdapter[Any]:
    from pydantic import ConfigDict, InstanceOf, TypeAdapter

    kind = annotation(owner, name)
    (bare, *_) = parts(kind)
    if hasattr(bare, "__dataclass_fields__"):  # nested options have checked themselves
        return TypeAdapter(InstanceOf[bare])  # type: ignore[valid-type, misc]
    return TypeAdapter(kind, config=ConfigDict(allow_inf_nan=False, arbitrary_types_allowed=True))


@cache
def allows_truth(owner: Owner, name: str) -> bool:
    """Tell whether a field may be True or False, which Python takes for 1 and 0 otherwise."""
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
        for kind, many in ((float, "numbers"), (str, "texts")):
            if any(kind in parts(one) for one in inner) and len(inner) > 1:
                return f"{len(inner)} {many}" + _range(_extras(inner[0]))
        return "a list" + (f" of {phrase(inner[0])}" if len(inner) == 1 else "")
    words = {int: "a whole number", float: "a number", bool: "true or false", str: "text",
             Path: "a path", Callable: "a function", Mapping: "names with values",
             "ndarray": "an array of numbers"}  # fmt: skip
    name = getattr(part, "__name__", str(part))
    if hasattr(part, "__dataclass_fields__"):
        return f"a {name} of Caddis"
    return words.get(get_origin(part) or part, words.get(name, name))


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
