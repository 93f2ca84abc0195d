"""`caddis demo`: serve the web page, by default to this computer only."""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from caddis.app.commands.base import PASSED, Command
from caddis.geometry.errors import ConfigError

_PORTS = 2**16


@dataclass(frozen=True, kw_only=True)
class Demo(Command):
    """Serve the web page: create, reconstruct, check and repair in a browser."""

    port: int = 7860
    """Port to listen on; 0 for any free one."""
    host: str = "127.0.0.1"
    """Address to listen on; 0.0.0.0 lets other computers in."""
    auth: Path | None = None
    """A file with one user:password per line; only these users may sign in."""
    share: bool = False
    """Open a public address through Gradio's servers; the page is then on the internet."""

    def run(self) -> int:
        """Serve until interrupted."""
        if not 0 <= self.port < _PORTS:
            raise ConfigError(f"port must be 0 to {_PORTS - 1}, not {self.port}")
        users = {} if self.auth is None else read_users(self.auth)
        from caddis.app.page.page import ServeOptions, serve

        # SIGTERM stops a service: uploads and results must be deleted then, too
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with tempfile.TemporaryDirectory(prefix="caddis-demo-") as folder:
            serving = ServeOptions(host=self.host, port=self.port, users=users, share=self.share)
            running = serve(Path(folder), serving)
            sys.stdout.write(f"Caddis is at {running.url} (Ctrl-C ends it)\n")
            sys.stdout.flush()
            try:
                threading.Event().wait()
            finally:
                running.close()
        return PASSED


def read_users(path: Path) -> dict[str, str]:
    """Return the password of each user. Error messages never quote the file.

    Raises:
        ConfigError: The file is missing, has no user, or has a line without a colon.
    """
    try:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("the users file cannot be read", str(path)) from error
    pairs = [line.partition(":") for line in lines]
    if not pairs or not all(name and password for name, _, password in pairs):
        raise ConfigError("each line of the users file must be user:password", str(path))
    return {name: password for name, _, password in pairs}
