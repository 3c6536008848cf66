"""The workspace's own lexicon: names that a person accepted, in the format of rules/lexicon."""

from __future__ import annotations

from pathlib import Path

from plantrack import flow
from plantrack.datafile import dump, load
from plantrack.errors import DataError, OutputError, UsageError
from plantrack.job.doubts import review_rules
from plantrack.job.reading import rules_version
from plantrack.link.lexicon import Lexicon, Shelf
from plantrack.model import Indicator

_FILE = "learned.yaml"
_HEAD = """\
# Names that were accepted in review (`plantrack review`). A record with the id of a shipped indicator
# adds its aliases to it; one with an id of its own is a new indicator.
"""


def learn(folder: Path, phrase: str, indicator: Indicator) -> None:
    """Make `phrase` another name of an indicator, for all that is read from now on.

    The file is checked as every lexicon file is before it takes the place of the old one, so one
    that does not fit changes nothing. UsageError where another indicator has that name already.
    """
    path = folder / _FILE
    shelf = load(path, Shelf) if path.exists() else Shelf(field=review_rules().field, indicators=())
    records = {record.id: record for record in shelf.indicators}
    old = records.get(indicator.id)
    names = dict.fromkeys((*(old.aliases if old else ()), phrase))
    records[indicator.id] = indicator.model_copy(
        update={"aliases": tuple(names), "field": "", "standard": review_rules().standard}
    )
    text = _HEAD + dump(
        {
            "field": shelf.field,
            "indicators": [r.model_dump(mode="json", exclude={"field"}) for r in records.values()],
        }
    )
    _replace(path, text)


def forget_tools() -> None:
    """Have the stages made anew from the files as they are now."""
    flow.tools.cache_clear()
    rules_version.cache_clear()


def renew_tools(folder: Path) -> None:
    """Forget the stages where the files are other ones by now: `watch` lives on while people review."""
    if rules_version.__wrapped__(folder) != rules_version(folder):
        forget_tools()


def _replace(path: Path, text: str) -> None:
    from plantrack.datafile import rules_path

    trial = path.parent / ".trial"
    new = trial / path.name
    try:
        trial.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8", newline="\n")
        Lexicon.read(rules_path("lexicon"), own=trial)
        new.replace(path)
    except DataError as error:
        raise UsageError(
            f"the name cannot be learned: {error} Reject it, or accept it for another indicator."
        ) from error
    except OSError as error:
        raise OutputError(
            str(path), f"cannot be written ({error.strerror})", "Get the right to write there."
        ) from error
    finally:
        new.unlink(missing_ok=True)
        trial.rmdir()
