"""Making an object happens once, here, for the command line, the page, the batch and Python.

One module an operation; each returns `made.Made`: a mesh with the gate's report and its record.
"""
