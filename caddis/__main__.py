"""`python -m caddis` is the command line."""

import sys

from caddis.app.cli import main

sys.exit(main())
