"""Training of the web generators, from webs that are built for it."""
