"""Presets exist by name, and sizes that cannot be built are refused."""

import pytest
import torch

from caddis.generation.attention import Block
from caddis.generation.config import (
    COARSE_TOKENS,
    FINE_TOKENS,
    FRAME_TOKENS,
    PRESETS,
    GeneratorConfig,
    TokenizerConfig,
    preset,
)
from caddis.generation.generator import Generator
from caddis.generation.tokenizer.quantizers import build_quantizer, code_dim
from caddis.generation.tokenizer.tokenizer import SEQUENCE, Tokenizer
from caddis.geometry.errors import ConfigError

PAPER = {"base": 90e6, "large": 1.23e9, "huge": 3.66e9}  # Argus3D's transformers


@pytest.mark.parametrize("name", PRESETS)
def test_tokenizer_and_generator_of_a_preset_fit_together(name: str) -> None:
    shapes = preset(name)
    tokenizer, generator = shapes.tokenizer, shapes.generator
    assert generator.tokens == FRAME_TOKENS + COARSE_TOKENS
    assert generator.codes == tokenizer.coarse_codes
    assert generator.code_dim == code_dim(tokenizer.quantizer, tokenizer.coarse_levels)
    built = build_quantizer(tokenizer.quantizer, tokenizer.coarse_levels)
    assert built.codes == tokenizer.coarse_codes


def test_a_shape_is_580_tokens_of_three_kinds() -> None:
    assert (FRAME_TOKENS, COARSE_TOKENS, FINE_TOKENS) == (4, 64, 512)
    assert SEQUENCE == 580
    assert (TokenizerConfig().coarse_codes, TokenizerConfig().fine_codes) == (4096, 1024)


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
        GeneratorConfig(width=10, heads=3)
    with pytest.raises(ConfigError, match="two levels"):
        TokenizerConfig(coarse_levels=(4, 1))
    with pytest.raises(ConfigError, match="not 'neither'"):
        TokenizerConfig(paths="neither")


def test_nano_has_the_size_of_its_card() -> None:
    model = Generator(GeneratorConfig(categories=("a",)))
    assert 4e6 < sum(p.numel() for p in model.parameters()) < 8e6
    with torch.device("meta"):
        tokenizer = Tokenizer(preset("nano").tokenizer)
    assert sum(p.numel() for p in tokenizer.parameters()) < 8e6  # a byte each on disk
