"""Options, declared once: one dataclass per operation, with limits in the field types.

The command line, the page, HTTP, batch jobs and the Python functions are all made from these.
Nothing heavy is imported, so that `caddis --help` starts quickly.
"""
