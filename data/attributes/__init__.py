"""Attributes measured from a solid's shape: each is a value and the number that decided it.

`reader.read` measures one solid, `relative` compares solids of a category, and `words` puts
attributes into English.
"""
