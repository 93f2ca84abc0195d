"""Webs from conditions, and large structures of webs along curves, on surfaces and in solids."""
