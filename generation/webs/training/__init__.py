"""Training of the web generators on webs built by Caddis."""
