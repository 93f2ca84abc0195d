"""The web page, for people with a browser and for programs over HTTP."""
