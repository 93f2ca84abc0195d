"""Cookies that identify browsers, and the quota of jobs of each visitor."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from caddis.app.page.server.visitors import COOKIE, VisitorCookie, VisitorQuota, visitor_of
from caddis.geometry.errors import TooLargeError

TOKEN = "t" * 43


def asking(token: str = "", session: str = "s", user: str | None = None) -> SimpleNamespace:
    return SimpleNamespace(
        cookies={COOKIE: token} if token else {}, session_hash=session, username=user
    )


def answer(headers: list[tuple[bytes, bytes]], kind: str = "http") -> list[bytes]:
    """Return the cookies that the middleware sets."""
    sent = []

    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"a", b"b")]})

    async def send(message) -> None:
        sent.append(message)

    asyncio.run(VisitorCookie(app)({"type": kind, "headers": headers}, None, send))
    return [value for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_a_new_browser_gets_a_random_cookie_that_scripts_cannot_read() -> None:
    (first,), (second,) = answer([]), answer([])
    assert first != second
    assert b"HttpOnly" in first
    assert b"SameSite=Lax" in first


def test_a_known_browser_keeps_its_cookie_and_a_made_up_one_is_replaced() -> None:
    assert answer([(b"cookie", f"x=1; {COOKIE}={TOKEN}".encode())]) == []
    assert len(answer([(b"cookie", f"{COOKIE}=../../etc".encode())])) == 1
    assert len(answer([(b"cookie", b"\xff\x00;=;")])) == 1
    assert answer([], kind="websocket") == []


def test_visitors_differ_by_cookie_session_and_user() -> None:
    people = [
        asking(TOKEN), asking("u" * 43), asking(session="a"), asking(session="b"),
        asking(TOKEN, user="ann"), asking(TOKEN, user="bob"),
    ]  # fmt: skip
    assert len({visitor_of(one) for one in people}) == len(people)
    assert visitor_of(asking(TOKEN, "a")) == visitor_of(asking(TOKEN, "b"))


def test_a_visitor_has_a_limited_number_of_jobs_at_once() -> None:
    quota = VisitorQuota(most=1)
    with quota.take("me"):
        with pytest.raises(TooLargeError), quota.take("me"):
            pass
        with quota.take("you"):
            pass
    with pytest.raises(ZeroDivisionError), quota.take("me"):
        raise ZeroDivisionError
    with quota.take("me"):
        pass
