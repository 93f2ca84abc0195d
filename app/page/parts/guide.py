"""How programs call the page; shown on the API tab and kept the same in docs/web.md."""

GUIDE = """
Every function of this page can be called by a program. Files go up and come back by themselves.

**Python**, with `pip install gradio_client`:

```python
from gradio_client import Client, handle_file

client = Client("ADDRESS")
path, about = client.predict("", "table", 7, 60, "fdm", "3mf", api_name="/generate")
report = client.predict(handle_file("part.stl"), "fdm", api_name="/check_mesh")
mended, about = client.predict(handle_file("part.stl"), "fdm", "stl", api_name="/repair_mesh")
solid, about = client.predict(
    handle_file("part.stl"), None, "auto", "fdm", "3mf", api_name="/reconstruct"
)
web, about = client.predict(
    "pieces", "helix", 4, 16, None, 7, 1.2, 100, "stl", api_name="/generate_web"
)
```

`client.submit(...)` gives a job with `.status()`, `.result()` and `.cancel()`.

**Plain HTTP**: `POST /jobs` begins a job and answers its `id`. Ask for its state, fetch its result
and files, or cancel it:

```sh
curl -s ADDRESS/jobs -H 'Content-Type: application/json' \\
  -d '{"kind": "create", "category": "table", "seed": 7, "height_mm": 60}'
curl -s ADDRESS/jobs/ID
curl -s ADDRESS/jobs/ID/result
curl -s -O -J ADDRESS/jobs/ID/files/0/3mf
curl -s -X DELETE ADDRESS/jobs/ID
```

A file is sent first; what comes back names it in the job:

```sh
curl -s -F files=@part.stl ADDRESS/gradio_api/upload
curl -s ADDRESS/jobs -H 'Content-Type: application/json' \\
  -d '{"kind": "repair", "file": "UPLOADED", "process": "fdm"}'
```

All kinds of jobs and their fields: [ADDRESS/jobs/docs](ADDRESS/jobs/docs), and as OpenAPI
`ADDRESS/jobs/openapi.json`.

**MCP**: `ADDRESS/gradio_api/mcp/` is a streamable HTTP server with the same functions as tools.
"""
