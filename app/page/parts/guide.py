"""How programs call the page: the text of the API tab, which docs/web.md repeats."""

GUIDE = """
Programs can call every function of this page. The client uploads and downloads files by itself.

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

**Plain HTTP**: `POST /jobs` starts a job and returns its `id`. With it you can ask for the job's
state, fetch its result and files, or cancel it:

```sh
curl -s ADDRESS/jobs -H 'Content-Type: application/json' \\
  -d '{"kind": "create", "category": "table", "seed": 7, "height_mm": 60}'
curl -s ADDRESS/jobs/ID
curl -s ADDRESS/jobs/ID/result
curl -s -O -J ADDRESS/jobs/ID/files/0/3mf
curl -s -X DELETE ADDRESS/jobs/ID
```

Upload a file first. The answer is its name for the job:

```sh
curl -s -F files=@part.stl ADDRESS/gradio_api/upload
curl -s ADDRESS/jobs -H 'Content-Type: application/json' \\
  -d '{"kind": "repair", "file": "UPLOADED", "process": "fdm"}'
```

[ADDRESS/jobs/docs](ADDRESS/jobs/docs) lists all kinds of jobs and their fields;
`ADDRESS/jobs/openapi.json` is the same as OpenAPI.

**MCP**: `ADDRESS/gradio_api/mcp/` is a streamable HTTP server with the same functions as tools.
"""
