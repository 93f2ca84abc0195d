"""Weights on disk, in safetensors files with a config.json.

Matrices of tokenizer and generator are stored as int8 with one scale per row (largest error: 1/254
of the largest weight in the row), those of other models as bfloat16.

A folder of weights holds `config.json` (shapes of both models, provenance, the sha256 of each
weight file), `tokenizer.safetensors` and `generator.safetensors`. Missing weights are an error;
models are never used with random weights.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import SafetensorError
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import nn

from caddis.data.fresh_captions import SeenWords
from caddis.generation.config import GeneratorConfig, TokenizerConfig
from caddis.generation.generator import Generator
from caddis.generation.tokenizer.tokenizer import Tokenizer
from caddis.geometry.assets import asset
from caddis.geometry.errors import BrokenWeightsError, ConfigError, MissingWeightsError
from caddis.geometry.files.atomic import write_bytes, write_text

MODELS = asset("models")
REINSTALL = "Restore it from the repository, or train it: caddis train all."

Module = TypeVar("Module", bound=nn.Module)
Config = TypeVar("Config", TokenizerConfig, GeneratorConfig)
State = dict[str, torch.Tensor]
_SCALE = ":scale"  # no parameter's name has a colon


def model_folder(preset: str) -> Path:
    """Return the folder for the shipped weights of a preset; it need not exist."""
    return MODELS / preset


def save_model(folder: Path, name: str, model: Tokenizer | Generator, **provenance: Any) -> str:
    """Write `name`.safetensors and its entry in config.json; return the file's sha256.

    Args:
        folder: Folder for the weights.
        name: "tokenizer" or "generator".
        model: The model to store.
        provenance: Further facts for config.json (steps, data, metrics).
    """
    facts = {"shape": asdict(model.config), **provenance}
    return _save(folder, name, model, facts, small_weights(model))


def save_module(folder: Path, name: str, module: nn.Module, facts: dict[str, Any]) -> str:
    """Write a module's weights and facts about it; return the file's sha256; see `save_model`.

    Args:
        folder: Folder for both files.
        name: Name of the weight file and of its entry in config.json.
        module: The module to store.
        facts: Its entry in config.json; "shape" is the configuration to build it from.
    """
    state = {key: _compact(value) for key, value in module.state_dict().items()}
    return _save(folder, name, module, facts, state)


def _save(folder: Path, name: str, module: nn.Module, facts: dict[str, Any], state: State) -> str:
    content = save_tensors(state)
    digest = hashlib.sha256(content).hexdigest()
    write_bytes(folder / f"{name}.safetensors", content)
    known = (folder / "config.json").exists()
    config: dict[str, Any] = _read_config(folder) if known else {"format": 1}
    parameters = sum(value.numel() for value in module.parameters())
    config[name] = {"sha256": digest, "parameters": parameters, **facts}
    write_text(folder / "config.json", json.dumps(config, indent=2) + "\n")
    return digest


def small_weights(model: nn.Module) -> State:
    """Return a model's state with each matrix as int8 and a float32 scale per row.

    Code books are kept in float32: rounding them would change the meaning of tokens.
    """
    state: State = {}
    matrices = {
        name
        for name, value in model.named_parameters()
        if value.ndim >= 2 and "quantizer" not in name
    }
    for name, value in model.state_dict().items():
        if name not in matrices:
            state[name] = value.contiguous()
            continue
        scale = value.abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127.0
        state[name] = (value / scale).round().to(torch.int8).contiguous()
        state[name + _SCALE] = scale.contiguous()
    return state


def full_weights(state: State) -> State:
    """Return a stored state as float32, under the parameter names of the model."""
    return {
        name: value.float() * state[name + _SCALE] if name + _SCALE in state else value.float()
        for name, value in state.items()
        if not name.endswith(_SCALE)
    }


def _compact(value: torch.Tensor) -> torch.Tensor:
    # code books stay in float32: rounding them would change the meaning of tokens
    keep = value.ndim < 2 or not value.is_floating_point()
    return value.contiguous() if keep else value.to(torch.bfloat16).contiguous()


def load_tokenizer(folder: Path) -> Tokenizer:
    """Load the tokenizer of a folder in eval mode, float32, on the CPU.

    Raises:
        MissingWeightsError: A file is missing.
        BrokenWeightsError: A file is damaged or does not fit its config.
    """
    facts, content = read_module(folder, "tokenizer")
    model = Tokenizer(_config(TokenizerConfig, facts["shape"], folder / "tokenizer"))
    return fill_module(model, content, folder / "tokenizer")


def load_generator(folder: Path) -> Generator:
    """Load the generator of a folder in eval mode, float32, on the CPU.

    Raises:
        MissingWeightsError: A file is missing.
        BrokenWeightsError: A file is damaged or does not fit its config.
    """
    facts, content = read_module(folder, "generator")
    model = Generator(_config(GeneratorConfig, facts["shape"], folder / "generator"))
    return fill_module(model, content, folder / "generator")


def load_seen_words(folder: Path) -> SeenWords | None:
    """Return the words that the generator of a folder was trained on; None if it does not say.

    Raises:
        MissingWeightsError: The config is missing.
        BrokenWeightsError: The config is damaged.
    """
    seen = _read_config(folder).get("generator", {}).get("seen")
    return None if seen is None else SeenWords(tuple(seen["words"]), tuple(seen["nouns"]))


def weights_sha256(folder: Path) -> str:
    """Return one hash over both models of a folder."""
    config = _read_config(folder)
    parts = [_model_sha256(config[name]) for name in ("tokenizer", "generator") if name in config]
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def tokenizer_sha256(folder: Path) -> str:
    """Return the hash of a folder's tokenizer: of its weights and its configuration.

    Raises:
        MissingWeightsError: A file is missing.
        BrokenWeightsError: A file is damaged.
    """
    return _model_sha256(read_module(folder, "tokenizer")[0])


def _model_sha256(facts: dict[str, Any]) -> str:
    """Return a hash of a model's weights and shape, from its entry in config.json.

    The shape is included because equal weights can have different shapes; the level of a
    tokenizer's surface, for example, is stored only there.
    """
    shape = json.dumps(facts["shape"], sort_keys=True)
    return hashlib.sha256(f"{facts['sha256']}{shape}".encode()).hexdigest()


def _config(kind: type[Config], shape: dict[str, Any], path: Path) -> Config:
    """Return a model's config from its entry in config.json."""
    values: dict[str, Any] = {
        key: tuple(at) if isinstance(at, list) else at for key, at in shape.items()
    }
    try:
        return kind(**values)
    except (TypeError, ConfigError) as error:  # a field that no longer exists, or a wrong value
        where = str(path.with_suffix(".safetensors"))
        raise BrokenWeightsError(f"made by another version: {error}", where, REINSTALL) from error


def _read_config(folder: Path, hint: str = REINSTALL) -> dict[str, Any]:
    path = folder / "config.json"
    if not path.is_file():
        raise MissingWeightsError("the config of the weights is missing", str(path), hint)
    try:
        config = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BrokenWeightsError(f"cannot read: {error}", str(path), hint) from error
    if not isinstance(config, dict) or config.get("format") != 1:
        raise BrokenWeightsError("not a config of format 1", str(path), hint)
    return config


def read_module(folder: Path, name: str, hint: str = REINSTALL) -> tuple[dict[str, Any], bytes]:
    """Return a module's entry in config.json and the bytes of its file, checked against their hash.

    Args:
        folder: Folder written by `save_module`.
        name: Name of the weight file.
        hint: How to get the weights; part of the error messages.

    Raises:
        MissingWeightsError: A file is missing.
        BrokenWeightsError: A file is damaged.
    """
    path = folder / f"{name}.safetensors"
    config = _read_config(folder, hint)
    if not path.is_file():
        raise MissingWeightsError("a weight file is missing", str(path), hint)
    try:
        facts = config[name]
        shape, expected = facts["shape"], facts["sha256"]
        content = path.read_bytes()
    except (OSError, KeyError, TypeError) as error:
        raise BrokenWeightsError(f"cannot use {name}: {error!r}", str(path), hint) from error
    if not isinstance(shape, dict) or hashlib.sha256(content).hexdigest() != expected:
        raise BrokenWeightsError("the file is damaged: its hash is wrong", str(path), hint)
    return facts, content


def fill_module(model: Module, content: bytes, path: Path, hint: str = REINSTALL) -> Module:
    """Load the weights of a file into a module; return it in eval mode, float32.

    Args:
        model: A module of the configured shape.
        content: Bytes of the file.
        path: The file, for error messages; the ending may be left out.
        hint: How to get the weights; part of the error messages.

    Raises:
        BrokenWeightsError: The weights do not fit the module.
    """
    where = str(path.with_suffix(".safetensors"))
    try:
        model.load_state_dict(full_weights(load_tensors(content)))
    except (SafetensorError, RuntimeError, ConfigError) as error:
        reason = str(error).splitlines()[0]
        raise BrokenWeightsError(f"does not fit its config: {reason}", where, hint) from error
    return model.eval().requires_grad_(False)
