"""docs/map.md is what `python -m benchmarks.code_map` writes."""

from benchmarks.code_map import PAGE, code_map


def test_the_map_names_every_module_as_it_is_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == code_map(), "run: python -m benchmarks.code_map"
