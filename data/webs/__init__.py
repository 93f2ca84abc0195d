"""Webs to learn from: built thread by thread as spiders build them, then brought to equilibrium."""
