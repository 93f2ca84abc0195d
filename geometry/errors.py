"""Every error that Caddis raises on purpose.

CaddisError                     base class: what went wrong, where, and how to mend it
├── InputError                  input or an option that cannot be used
│   ├── MeshReadError           a file that is not the mesh it claims to be
│   ├── UnsupportedFormatError  a file name whose ending we cannot read or write
│   ├── EmptyMeshError          a mesh without faces, or a cloud without points
│   ├── NonFiniteError          NaN or infinite coordinates
│   ├── TooLargeError           more faces, points or bytes than the stated limit
│   ├── BrokenWebError          a web whose nodes, edges or radii do not fit together
│   ├── MechanismError          a structure that moves without resistance, or is not loaded at all
│   ├── UnknownCategoryError    a category that the model never saw
│   ├── EmptyTextError          a text without a single known word
│   ├── UnknownWordError        a text whose object the model never saw
│   └── ConfigError             an option outside its range
├── OutputError                 a path that cannot be written
├── NoSurfaceError              a field that never changes sign: nothing to mesh
├── NotSolidError               a mesh that cannot be made into one closed solid
├── TimeLimitError              a run that stopped at its time limit; the same command continues it
├── DataError                   a data set, pack or cache that is missing or damaged
├── WeightsError                weights that cannot be used
│   ├── MissingWeightsError     a weight file that is not there
│   └── BrokenWeightsError      a weight file that is damaged or does not fit its config
└── MissingDependencyError      an optional package or a system library that is not installed
"""

from __future__ import annotations


class CaddisError(Exception):
    """Base of all Caddis errors; the command line prints it in one line and exits with 2.

    Args:
        what: What went wrong, as a short sentence without a final stop.
        where: The file, field or option concerned; empty when `what` already names it.
        hint: How to mend it; empty when there is nothing to do.
    """

    def __init__(self, what: str, where: str = "", hint: str = "") -> None:
        self.what, self.where, self.hint = what, where, hint
        super().__init__(what, where, hint)

    def __str__(self) -> str:
        """Return `what (where). hint` on one line."""
        located = f"{self.what} ({self.where})" if self.where else self.what
        return f"{located}. {self.hint}" if self.hint else located


class TimeLimitError(CaddisError):
    """A run that stopped at its time limit after a checkpoint; the same command continues it."""


class InputError(CaddisError):
    """Input or an option that cannot be used."""


class MeshReadError(InputError):
    """A file that is not the mesh it claims to be."""


class UnsupportedFormatError(InputError):
    """A file name whose ending we cannot read or write."""


class EmptyMeshError(InputError):
    """A mesh without faces, or a cloud without points."""


class NonFiniteError(InputError):
    """NaN or infinite coordinates."""


class TooLargeError(InputError):
    """More faces, points or bytes than the stated limit."""


class BrokenWebError(InputError):
    """A web whose nodes, edges or radii do not fit together, or a file that is not a web."""


class MechanismError(InputError):
    """A structure that moves without resistance, or that the load case does not load."""


class UnknownCategoryError(InputError):
    """A category that the model never saw."""


class EmptyTextError(InputError):
    """A text without a single known word."""


class UnknownWordError(InputError):
    """A text whose object the model never saw."""


class ConfigError(InputError):
    """An option outside its range."""


class OutputError(CaddisError):
    """A path that cannot be written."""


class NoSurfaceError(CaddisError):
    """A field that never changes sign: nothing to mesh."""


class NotSolidError(CaddisError):
    """A mesh that cannot be made into one closed solid."""


class DataError(CaddisError):
    """A data set, pack or cache that is missing or damaged."""


class WeightsError(CaddisError):
    """Weights that cannot be used."""


class MissingWeightsError(WeightsError):
    """A weight file that is not there."""


class BrokenWeightsError(WeightsError):
    """A weight file that is damaged or does not fit its config."""


class MissingDependencyError(CaddisError):
    """An optional package or a system library that is not installed."""
