"""Which language people are spoken to in: Chinese, English, or both side by side.

Whatever is shown is kept as a `Text`, in both languages, and `say` picks at the last moment.
`set_language` holds for the whole process; `using` for a block, in this thread or task only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum

from plantrack.errors import UsageError
from plantrack.model import Text


class Language(StrEnum):
    """The language of tables and charts."""

    ZH = "zh"  # Chinese
    EN = "en"  # English
    BOTH = "both"  # Chinese, then English


_chosen = Language.BOTH
_here: ContextVar[Language | None] = ContextVar("plantrack_language", default=None)


def set_language(language: Language | str) -> None:
    """Speak `zh`, `en` or `both` from now on; UsageError for any other."""
    global _chosen
    _chosen = _known(language)


def current_language() -> Language:
    """The language in force here."""
    return _here.get() or _chosen


@contextmanager
def using(language: Language | str) -> Iterator[None]:
    """Speak another language inside a `with` block; UsageError for one that is not known."""
    token = _here.set(_known(language))
    try:
        yield
    finally:
        _here.reset(token)


def say(text: Text, between: str = " ") -> str:
    """A text in the language in force; of both, the second is left out where it repeats the first."""
    match current_language():
        case Language.ZH:
            return text.zh
        case Language.EN:
            return text.en
        case Language.BOTH:
            return text.zh if text.zh == text.en else f"{text.zh}{between}{text.en}".strip()


def _known(language: Language | str) -> Language:
    try:
        return Language(language)
    except ValueError:
        allowed = ", ".join(Language)
        raise UsageError(
            f"plantrack speaks {allowed}; found {language!r}. Choose one of them.",
            language=language,
        ) from None
