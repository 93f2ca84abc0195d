"""Attributes of a solid, read off its shape: each a value with the number behind it.

`reader.read` looks at one solid; `words` and `relative` say it in English.
"""
