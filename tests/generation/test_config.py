"""Presets exist by name, and sizes that cannot be built are refused."""

import pytest
import torch

from generation.attention import Block
from generation.config import PRESETS, GeneratorConfig, TokenizerConfig, preset
from generation.generator import Generator
from generation.quantizers import build_quantizer
from geometry.errors import ConfigError

PAPER = {"base": 90e6, "large": 1.23e9, "huge": 3.66e9}  # Argus3D's transformers


@pytest.mark.parametrize("name", PRESETS)
def test_tokenizer_and_generator_of_a_preset_fit_together(name: str) -> None:
    shapes = preset(name)
    for field in ("tokens", "codes", "code_dim"):
        assert getattr(shapes.tokenizer, field) == getattr(shapes.generator, field)
    assert build_quantizer(shapes.tokenizer).codes == shapes.tokenizer.codes


@pytest.mark.parametrize(("name", "parameters"), PAPER.items())
def test_large_presets_have_the_sizes_of_the_paper(name: str, parameters: float) -> None:
    shape = preset(name).generator
    with torch.device("meta"):
        block = Block(shape.width, shape.heads)
    one = sum(parameter.numel() for parameter in block.parameters())
    total = shape.layers * one + shape.codes * shape.width
    assert total == pytest.approx(parameters, rel=0.05)


def test_unknown_presets_and_impossible_sizes_are_refused() -> None:
    with pytest.raises(ConfigError, match="nano"):
        preset("giant")
    with pytest.raises(ConfigError, match="multiple of heads"):
        TokenizerConfig(width=10, heads=3)
    with pytest.raises(ConfigError, match="multiple of heads"):
        GeneratorConfig(width=10, heads=3)
    with pytest.raises(ConfigError, match="two codes"):
        TokenizerConfig(codes=1)


def test_nano_has_the_size_of_its_card() -> None:
    model = Generator(GeneratorConfig(categories=("a",)))
    assert 4e6 < sum(p.numel() for p in model.parameters()) < 8e6
