"""Settings of all tests: examples are judged by what they show, not by a busy machine's clock."""

from hypothesis import settings

settings.register_profile("caddis", deadline=None)
settings.load_profile("caddis")
