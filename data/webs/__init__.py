"""Webs to learn from: built thread by thread as spiders do, at rest under tension."""
