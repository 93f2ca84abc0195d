"""The user interfaces: command line, batches, web page and Python API."""
