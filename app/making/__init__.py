"""The operations that make objects, shared by the command line, the page, batches and Python.

Each operation has a module, and returns a `made.Made`: a mesh, the gate's report and a record.
"""
