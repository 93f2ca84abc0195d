"""The server of the page: HTTP routes, uploads, visitors, and background jobs."""
