"""The page from the outside: routes, uploads, visitors, and jobs that nobody waits for."""
