"""`kit run`: one piece of the training, from the last checkpoint to the time limit."""

from __future__ import annotations

import dataclasses
import logging
import os
import time
from dataclasses import dataclass, replace
from pathlib import Path

import torch

from caddis.data.families import OBJECTS_A_FAMILY
from caddis.data.sources.shipped import shipped
from caddis.generation.config import Training
from caddis.generation.training.device import pick_device
from caddis.generation.training.kit import speed
from caddis.generation.training.kit.models import MODELS
from caddis.generation.training.kit.plan import Part, Plan, read_plan, write_plan
from caddis.geometry.errors import CaddisError, ConfigError, TimeLimitError

logger = logging.getLogger(__name__)

MARGIN = 20.0  # seconds reserved at the end of a piece for the checkpoint and the results
LOG_SECONDS = 15.0  # seconds between two lines about progress


@dataclass(frozen=True)
class Options:
    """Options of `kit run`.

    Attributes:
        seconds: Length of this piece; it stops in time, with a checkpoint.
        presets: Presets to train, in this order.
        train: Models of each preset to train.
        budget: Seconds of all pieces together, which set the number of steps; 0 for no budget.
        steps: Steps of every model; 0 for each model's default.
        batch: Samples per step; 0 for the model's default.
        compile: "auto" (if it is faster), "on" or "off".
        device: "cpu", "cuda" or "auto".
        seed: Determines everything random.
        folder: Folder for plan, checkpoints and weights.
        cache: Folder of the prepared data, which is made if missing.
        kit: Folder written by `kit pack`.
        families: Number of objects per parametric family to prepare.
        workers: Processes that prepare the data; 0 for one per core.
        probe_seconds: Seconds of measuring the speed, before the number of steps is set.
        margin: Seconds reserved at the end of a piece.
    """

    seconds: float = 570.0
    presets: tuple[str, ...] = ("small", "nano")
    train: tuple[str, ...] = ("tokenizer", "generator")
    budget: float = 0.0
    steps: int = 0
    batch: int = 0
    compile: str = "auto"
    device: str = "auto"
    seed: int = 0
    folder: Path = Path("runs/kit")
    cache: Path = Training.cache
    kit: Path = Path("kit")
    families: int = OBJECTS_A_FAMILY
    workers: int = 0
    probe_seconds: float = 8.0
    margin: float = MARGIN


class Piece:
    """One call of the kit.

    Args:
        options: The options of the call.
        began: `time.monotonic()` when the call began.
    """

    def __init__(self, options: Options, began: float) -> None:
        self.options = options
        self.deadline = began + options.seconds - options.margin
        self.device = pick_device(options.device)
        self.plan_file = options.folder / "plan.json"
        plan = read_plan(self.plan_file).asked(options.presets, options.train)
        self.plan = plan if plan.began else replace(plan, began=time.time())

    def run(self) -> bool:
        """Continue until everything is trained or the time is over; return True if all is trained.

        Raises:
            CaddisError: Any error of training, except for the time limit.
        """
        try:
            self.prepare()
            self._measure_machine()
            for part in self.plan.parts:
                if part.preset in self.options.presets and part.model in self.options.train:
                    self._train(part)
        except TimeLimitError as stopped:
            logger.info("%s", stopped)
            return False
        finally:
            self.keep(self.plan)
        return True

    def keep(self, plan: Plan) -> None:
        """Set the current plan and write it."""
        self.plan = plan
        write_plan(self.plan_file, plan)

    def left(self) -> float:
        """Return the remaining seconds for training in this piece."""
        return self.deadline - time.monotonic()

    def prepare(self) -> None:
        """Make missing training data; a piece that is cut short keeps what it has made."""
        if (self.options.cache / "objects.json").is_file():
            return
        from caddis.data.prepare import prepare

        began = time.monotonic()
        workers = self.options.workers or os.cpu_count() or 1
        logger.info("preparing the data with %d processes", workers)
        os.environ["OMP_NUM_THREADS"] = "1"  # one core per process

        def progress(done: int, count: int) -> None:
            if done % 500 == 0 or done == count:
                logger.info("prepared %d of %d objects", done, count)
            if self.left() <= 0 and done < count:
                raise TimeLimitError(f"stopped after {done} of {count} objects were prepared")

        try:
            source = shipped(self.options.families, workers=workers)
            prepare(source, self.options.cache, workers=workers, progress=progress)
        finally:
            del os.environ["OMP_NUM_THREADS"]
            spent = self.plan.prepared_seconds + time.monotonic() - began
            self.keep(replace(self.plan, prepared_seconds=spent))

    def _measure_machine(self) -> None:
        if self.device.type == "cuda":
            torch.set_float32_matmul_precision("high")
            torch.backends.cudnn.benchmark = True
        if self.plan.peak:
            return
        name = torch.cuda.get_device_name() if self.device.type == "cuda" else "CPU"
        self.keep(replace(self.plan, device=name, peak=speed.peak(self.device)))
        logger.info("%s: %.3g TFLOP/s in a large product", name, self.plan.peak / 1e12)

    def _train(self, part: Part) -> None:
        if part.done:
            return
        if self.left() <= 0:
            raise TimeLimitError(f"stopped before the {part.name} continued")
        if part.steps == 0:
            part = self._with_decisions(part)
            self.keep(self.plan.with_part(part))
        seconds = max(1.0, self.left() - part.start_seconds)
        settings = self.settings(part, seconds)
        logger.info("%s: up to %d steps of %d samples, %.0f s left in this piece",
                    part.name, part.steps, part.batch, self.left())  # fmt: skip
        progress_log = _ProgressLog(part, self.plan.peak)
        try:
            MODELS[part.model].train(settings, progress_log)
        except CaddisError:
            raise
        except Exception as error:
            if not part.compile:
                raise
            # a kill during writing torch.compile's cache can leave a file that it cannot read
            logger.warning("%s: continuing without torch.compile: %s", part.name, error)
            self.keep(self.plan.with_part(replace(part, compile=False)))
            self._train(replace(part, compile=False))
            return
        finally:
            if progress_log.start_seconds:
                noted = replace(self._current(part), start_seconds=progress_log.start_seconds)
                self.keep(self.plan.with_part(noted))
        self.keep(self.plan.with_part(replace(self._current(part), done=True)))

    def _current(self, part: Part) -> Part:
        """Return the current version of a part in the plan."""
        return next(one for one in self.plan.parts if one.name == part.name)

    def settings(self, part: Part, seconds: float = 0.0) -> Training:
        """Return the settings for training a part, with a time limit."""
        fields: dict[str, object] = {"steps": part.steps} if part.steps else {}
        return dataclasses.replace(
            MODELS[part.model].settings(),
            out=self.options.folder / part.preset, cache=self.options.cache, preset=part.preset,
            batch=part.batch, seed=self.options.seed, device=self.options.device,
            compile=part.compile, seconds=seconds, checkpoint_seconds=30.0, **fields,  # type: ignore[arg-type]
        )  # fmt: skip

    def _with_decisions(self, part: Part) -> Part:
        """Measure a part's speed, and set batch, compilation and steps once and for all."""
        model = MODELS[part.model]
        own = model.gpu_batch if self.device.type == "cuda" else model.settings().batch
        part = replace(part, batch=self.options.batch or own)
        part = self._faster(part)
        if self.options.steps or not self.options.budget:
            steps = self.options.steps or model.settings().steps
        else:
            left = self.plan.began + self.options.budget - time.time()
            steps = self.plan.steps_for(part, left)
        logger.info("%s: %.3g steps/s, %d steps", part.name, part.rate, steps)
        return replace(part, steps=steps)

    def _faster(self, part: Part) -> Part:
        """Return the part with its measured speed, compiled if requested or faster."""
        plain = self._probed(replace(part, compile=False))
        asked = self.options.compile
        if asked == "off" or (asked == "auto" and self.device.type != "cuda"):
            return plain
        try:
            compiled = self._probed(replace(part, compile=True))
        except CaddisError:
            raise
        except Exception as error:  # torch.compile raises various types
            logger.warning("%s: torch.compile failed, continuing without it: %s", part.name, error)
            return plain
        logger.info("%s: %.3g steps/s plain, %.3g compiled", part.name, plain.rate, compiled.rate)
        if asked == "on" or compiled.rate > 1.05 * plain.rate:
            return replace(compiled, flops=plain.flops)
        return plain

    def _probed(self, part: Part) -> Part:
        if self.options.probe_seconds <= 0:
            if self.options.budget and not self.options.steps:
                raise ConfigError("a budget needs a probe", "probe_seconds", "Take 8.")
            return part
        scratch = self.options.folder / "probe"
        seen = speed.probe(
            MODELS[part.model].train, self.settings(part), scratch, self.options.probe_seconds
        )
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        return replace(part, rate=seen.rate, flops=seen.flops, start_seconds=seen.start_seconds)


class _ProgressLog:
    """Logs the progress of a part at regular intervals."""

    def __init__(self, part: Part, peak: float) -> None:
        self.part, self.peak = part, peak
        self.began, self.start_seconds = time.monotonic(), 0.0
        self._first = (0, 0.0)
        self._logged = self.began

    def __call__(self, step: int, loss: float) -> None:
        now = time.monotonic()
        if not self.start_seconds:
            self.start_seconds, self._first = now - self.began, (step, now)
        elif now - self._logged > LOG_SECONDS or step + 1 == self.part.steps:
            self._logged = now
            rate = (step - self._first[0]) / (now - self._first[1])
            left = (self.part.steps - step - 1) / max(rate, 1e-9)
            logger.info(
                "%s step %d of %d, loss %.4g, %.3g steps/s, %.0f objects/s, %s of peak, "
                "%.0f s left",
                self.part.name, step + 1, self.part.steps, loss, rate, rate * self.part.batch,
                share_of_peak(self.part, rate, self.peak), left,
            )  # fmt: skip


def share_of_peak(part: Part, rate: float, peak: float) -> str:
    """Return the share of the machine's peak that training at `rate` steps/s uses, as "31 %"."""
    return f"{100 * part.flops * rate / peak:.1f} %" if part.flops and peak else "?"
