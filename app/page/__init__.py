"""The web page: what `caddis` does, for people with a browser, and for programs over HTTP."""
