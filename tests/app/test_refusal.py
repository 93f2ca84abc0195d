"""tyro's boxes become one line, whatever they are drawn with."""

import pytest

from caddis.app.refusal import help_command, one_line

BOX = """
╭─ Invalid choice ──────────────────────────────────────╮
│ invalid choice 'resin' for argument '--process'.      │
│ Expected one of ('fdm', 'sla', 'sls').                │
│ ───────────────────────────────────────────────────── │
│ For full helptext, run caddis generate --help         │
╰───────────────────────────────────────────────────────╯
"""
PLAIN = """Invalid choice
------------------------------------------------------------------
invalid choice 'resin' for argument '--process'. Expected one of
('fdm', 'sla', 'sls').
------------------------------------------------------------------
For full helptext, run caddis generate --help
"""


@pytest.mark.parametrize("said", [BOX, PLAIN])
def test_the_message_is_one_sentence_without_frame_and_help(said: str) -> None:
    wanted = "invalid choice 'resin' for '--process'. Expected one of fdm, sla, sls"
    assert one_line(said) == wanted
    assert help_command(said) == "caddis generate --help"


def test_what_has_no_frame_is_kept() -> None:
    assert one_line("something went wrong.\n") == "something went wrong"
