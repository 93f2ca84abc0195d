"""Shows an OpenAPI description as a plain page without scripts or files of other servers."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

_STYLE = """
body { font: 16px/1.5 ui-sans-serif, system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; color: #1c1917; background: #f6f6f3; }
section { background: #fff; border: 1px solid #e7e5e4; border-radius: 10px; padding: 0 1rem 1rem;
  margin: 1rem 0; overflow-x: auto; }
code { font-family: ui-monospace, monospace; } h2 code { font-size: 1rem; } b { color: #0f766e; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
  padding: .3rem .8rem .3rem 0; border-top: 1px solid #e7e5e4; }
"""


def as_page(described: Mapping[str, Any]) -> str:
    """Return HTML that shows every route and every body of an OpenAPI 3 description."""
    about = described["info"]
    routes = [
        _route(method, path, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]
    bodies = [_body(name, one) for name, one in described["components"]["schemas"].items()
              if "properties" in one and not name.startswith(("HTTP", "Validation"))]  # fmt: skip
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(about['title'])}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(about['title'])}</h1><p>{escape(about.get('description', ''))} "
        '<a href="openapi.json">OpenAPI</a></p>'
        f"{''.join(routes)}<h1>Bodies</h1>{''.join(bodies)}</body></html>"
    )


def _route(method: str, path: str, operation: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><td>{escape(code)}</td><td>{escape(answer['description'])}</td>"
        f"<td>{_answered(answer)}</td></tr>"
        for code, answer in operation["responses"].items()
    )
    sent = operation.get("requestBody", {}).get("content", {})
    body = "".join(f"<p>Body: {_type(one['schema'])}</p>" for one in sent.values())
    return (
        f"<section><h2><b>{method.upper()}</b> <code>{escape(path)}</code></h2>"
        f"<p>{escape(operation.get('description', ''))}</p>{body}<table>{rows}</table></section>"
    )


def _answered(answer: Mapping[str, Any]) -> str:
    return " ".join(_type(one.get("schema", {})) for one in answer.get("content", {}).values())


def _body(name: str, schema: Mapping[str, Any]) -> str:
    required = schema.get("required", ())
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code></td><td>{_type(one)}</td>"
        f"<td>{'required' if field in required else escape(_default(one))}</td>"
        f"<td>{escape(one.get('description', ''))}</td></tr>"
        for field, one in schema["properties"].items()
    )
    return (
        f'<section id="{escape(name)}"><h2><code>{escape(name)}</code></h2>'
        f"<p>{escape(schema.get('description', ''))}</p><table><tr><th>field</th><th>type</th>"
        f"<th>default</th><th></th></tr>{rows}</table></section>"
    )


def _default(schema: Mapping[str, Any]) -> str:
    value = schema.get("default")
    return "" if value is None else str(value)


def _type(schema: Mapping[str, Any]) -> str:
    """Return a type in words, with links to the bodies it is made of."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rpartition("/")[2])
        return f'<a href="#{name}"><code>{name}</code></a>'
    for key in ("anyOf", "oneOf"):
        if key in schema:
            kinds = [one for one in schema[key] if one.get("type") != "null"]
            return " or ".join(_type(one) for one in kinds)
    if "enum" in schema:
        return " or ".join(f"<code>{escape(str(one))}</code>" for one in schema["enum"])
    if "const" in schema:
        return f"<code>{escape(str(schema['const']))}</code>"
    if schema.get("type") == "array" and "items" in schema:
        return f"list of {_type(schema['items'])}"
    words = escape(str(schema.get("type", "")))
    least, most = schema.get("minimum"), schema.get("maximum")
    return f"{words}, {least:g} to {most:g}" if least is not None and most is not None else words
