"""`caddis web train`: train a web generator."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from caddis.app.commands.base import PASSED, Command
from caddis.generation.webs.training.config import WebTraining


@dataclass(frozen=True, kw_only=True)
class Train(Command):
    """Train a web generator; an unfinished run in --out continues."""

    training: WebTraining = field(default_factory=WebTraining)

    def run(self) -> int:
        """Train, and print how to use the weights."""
        from caddis.app.console import output
        from caddis.app.outputs import check_writable
        from caddis.app.progress import step_progress
        from caddis.generation.webs.training.run import train_web_model

        training = self.settled()
        check_writable(training.out / "log", force=True)
        with step_progress(f"training {training.model}", training.steps) as advance:
            train_web_model(training, advance)
        output().print(
            f"caddis web generate --model {training.model} --weights {training.out} uses it"
        )
        return PASSED

    def settled(self) -> WebTraining:
        """Return the settings; the default folder of a run has the model's name."""
        if self.training.out != WebTraining.out:
            return self.training
        return replace(self.training, out=WebTraining.out / self.training.model)
