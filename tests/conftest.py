"""Settings of all tests: Hypothesis has no deadline, as other work may slow the machine."""

from hypothesis import settings

settings.register_profile("caddis", deadline=None)
settings.load_profile("caddis")
