"""`caddis demo`: the web page, on this computer unless told otherwise."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from caddis.app.commands.base import PASSED, Command


@dataclass(frozen=True, kw_only=True)
class Demo(Command):
    """Serve the web page: create, reconstruct, check and repair in a browser."""

    port: int = 7860
    """Port to listen on; 0 for any free one."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 lets other computers in."""
    auth: Path | None = None
    """A file with one user:password a line; nobody else gets in."""
    share: bool = False
    """Open a public address through Gradio's servers; the page is then on the internet."""

    def run(self) -> int:
        """Serve until interrupted."""
        users = {} if self.auth is None else read_users(self.auth)
        from caddis.app.page.page import Serving, serve

        # a service is stopped by SIGTERM: uploads and results must go then, too
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with tempfile.TemporaryDirectory(prefix="caddis-demo-") as folder:
            serving = Serving(host=self.host, port=self.port, users=users, share=self.share)
            running = serve(Path(folder), serving)
            sys.stdout.write(f"Caddis is at {running.url} (Ctrl-C ends it)\n")
            sys.stdout.flush()
            try:
                threading.Event().wait()
            finally:
                running.close()
        return PASSED


def read_users(path: Path) -> dict[str, str]:
    """Return passwords by name. No message ever holds a line of the file.

    Raises:
        ConfigError: The file is not there, or holds no user, or a line without a colon.
    """
    from caddis.geometry.errors import ConfigError

    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("the file of users cannot be read", str(path)) from error
    pairs = [line.partition(":") for line in lines]
    if not pairs or not all(name and password for name, _, password in pairs):
        raise ConfigError("a file of users has one user:password a line", str(path))
    return {name: password for name, _, password in pairs}
