"""Formulas that people type, evaluated without running any of their text as code.

The text is parsed, and only numbers, the parameter, + - * / **, and a few functions are known;
whatever else stands in the syntax tree is refused before anything is computed.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from caddis.geometry.errors import ConfigError

Floats = NDArray[np.float64]

# Not simpleeval: 1.0.8 multiplies whole numbers without limit and knows attributes and `t; t`.
_MAX_LENGTH = 500
_MAX_DEPTH = 40
_CONSTANTS = {"pi": float(np.pi), "tau": 2.0 * float(np.pi), "e": float(np.e)}
_FUNCTIONS: Mapping[str, Callable[[Floats], Floats]] = {
    name: getattr(np, name)
    for name in (
        "sin", "cos", "tan", "sinh", "cosh", "tanh", "arcsin", "arccos", "arctan", "exp", "log",
        "sqrt", "abs", "floor",
    )
}  # fmt: skip
_OPERATORS: Mapping[type[ast.operator], Callable[[Floats, Floats], Floats]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


def evaluate(text: str, parameter: str, values: Floats) -> Floats:
    """Evaluate a formula of one parameter.

    Args:
        text: For example "10*cos(3*t) + t**2/2". Known are + - * / **, parentheses, pi, tau, e
            and sin cos tan sinh cosh tanh arcsin arccos arctan exp log sqrt abs floor.
        parameter: Name of the parameter, such as "t".
        values: (N,) its values.

    Returns:
        (N,) float64.

    Raises:
        ConfigError: Not such a formula, too long, or not a finite number for some value.
    """
    if len(text) > _MAX_LENGTH:
        raise ConfigError(f"a formula has at most {_MAX_LENGTH} characters", "formula")
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ConfigError(
            "cannot read this formula", text, "Write it such as 10*cos(3*t) + t**2/2."
        ) from error
    known = {**{name: np.asarray(one) for name, one in _CONSTANTS.items()}, parameter: values}
    with np.errstate(all="ignore"):
        found = np.broadcast_to(_value(tree, known, text, 0), values.shape)
    if not np.isfinite(found).all():
        raise ConfigError(f"the formula is no finite number for some {parameter}", text)
    return np.asarray(found, dtype=np.float64)


def _value(node: ast.expr, known: Mapping[str, Floats], text: str, depth: int) -> Floats:
    if depth > _MAX_DEPTH:
        raise ConfigError("the formula is nested too deeply", text)

    def part(child: ast.expr) -> Floats:
        return _value(child, known, text, depth + 1)

    match node:
        case ast.Constant(value=bool() | complex()):
            pass
        case ast.Constant(value=int() | float() as number):
            return np.asarray(_as_float(number, text))
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return np.asarray(-part(inner))
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return part(inner)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return np.asarray(_OPERATORS[type(sign)](part(left), part(right)))
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in _FUNCTIONS:
            return np.asarray(_FUNCTIONS[name](part(inner)))
    raise ConfigError(
        f"this part of the formula is not known: {ast.unparse(node)[:60]}", text,
        f"Known: {', '.join([*known, *_FUNCTIONS])}, + - * / **.",
    )  # fmt: skip


def _as_float(number: float, text: str) -> float:
    try:
        return float(number)
    except OverflowError as error:
        raise ConfigError("a number of the formula is too large", text) from error
