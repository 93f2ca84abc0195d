"""The jobs of the page, the worker processes that run them, and the storage of their results."""
