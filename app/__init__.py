"""The command line (and later the web page): the only package that talks to people."""
