"""The jobs that the page can do, as the worker process does them, and where results lie."""
