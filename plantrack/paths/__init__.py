"""The value that a target expects at each moment between baseline and goal."""

from plantrack.paths.base import Path, significant, value_at
from plantrack.paths.choose import PathRules, build, nominal, path_of, shape_of
from plantrack.paths.points import Milestones, Table
from plantrack.paths.shapes import Accumulate, Constant, Geometric, Linear, Logistic, Step

__all__ = [
    "Accumulate",
    "Constant",
    "Geometric",
    "Linear",
    "Logistic",
    "Milestones",
    "Path",
    "PathRules",
    "Step",
    "Table",
    "build",
    "nominal",
    "path_of",
    "shape_of",
    "significant",
    "value_at",
]
