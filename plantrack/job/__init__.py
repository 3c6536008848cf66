"""The nightly job: a workspace, its inbox, one pass over it, what it raises and whom it tells.

Takes the pure stages from `flow` and keeps what comes of them in `store`; all of disk, clock and
network that watching needs is in here. Importing it raises MissingExtraError where the extra `job`
is not installed.
"""

from plantrack.errors import MissingExtraError

try:
    import sqlmodel as _sqlmodel
    import structlog as _structlog
    import tenacity as _tenacity
except ImportError as error:
    raise MissingExtraError("job", "a workspace that plantrack watches by itself") from error

__all__: list[str] = []
del _sqlmodel, _structlog, _tenacity
