"""Commands that measure: every number in `docs/` comes from one of these modules."""
