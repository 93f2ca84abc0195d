"""Visitors: recognised by a random cookie per browser, and limited in their jobs at once."""

from __future__ import annotations

import re
import secrets
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from http.cookies import CookieError, SimpleCookie
from typing import Any, Protocol

from caddis.geometry.errors import TooLargeError

COOKIE = "caddis_visitor"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32,64}")
_YEAR = 31_536_000

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class VisitorRequest(Protocol):
    """The parts of `gradio.Request` that are read here."""

    cookies: dict[str, str]
    session_hash: str | None
    username: str | None


def visitor_of(request: VisitorRequest) -> str:
    """Return a text that identifies the visitor.

    It is made of the name of a signed-in user and the browser's cookie, so that results survive a
    reload. A program without cookies is identified by its session.
    """
    token = (request.cookies or {}).get(COOKIE, "")
    own = token if _TOKEN.fullmatch(token) else f"session {request.session_hash}"
    return f"{request.username or ''}/{own}"


def job_visitor(cookies: Mapping[str, str], user: str, address: str) -> tuple[str, str]:
    """Return the owner of the results of a job over plain HTTP, and whose quota it counts against.

    Jobs of programs without a cookie count by network address. An address is not secret and may
    be shared, so the results belong to a new random visitor: only the job's id leads to them.
    """
    token = cookies.get(COOKIE, "")
    if _TOKEN.fullmatch(token):
        return f"{user}/{token}", f"{user}/{token}"
    return f"{user}/job {secrets.token_urlsafe(24)}", f"{user}/address {address}"


class VisitorCookie:
    """ASGI middleware: gives each browser a random cookie that scripts cannot read."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]]) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the cookie to the answer if the browser sent none."""
        if scope["type"] != "http" or _known(scope):
            await self._app(scope, receive, send)
            return
        cookie = (
            f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={_YEAR}; HttpOnly; SameSite=Lax"
        )

        async def send_with_cookie(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                headers = [*message.get("headers", []), (b"set-cookie", cookie.encode())]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, send_with_cookie)


def _known(scope: Scope) -> bool:
    for name, value in scope.get("headers", []):
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found is not None and _TOKEN.fullmatch(found.value):
                return True
    return False


class VisitorQuota:
    """Counts and limits the jobs of each visitor.

    Args:
        most: Jobs of one visitor at once.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._at_work: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def take(self, visitor: str) -> Iterator[None]:
        """Count one job of the visitor for the time of the block.

        Raises:
            TooLargeError: The visitor has reached the limit of jobs at once.
        """
        with self._lock:
            if self._at_work[visitor] >= self._most:
                raise TooLargeError(
                    f"you have {self._most} jobs at work already", "", "Wait for one, or stop it."
                )
            self._at_work[visitor] += 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work[visitor] -= 1
                self._at_work += Counter()  # forget visitors without jobs
