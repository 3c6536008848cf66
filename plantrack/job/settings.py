"""plantrack.toml: what a workspace is told, as closed typed data."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from plantrack.datafile.settings import parse_toml
from plantrack.errors import DataError, UsageError
from plantrack.model.base import Model

NAME = "plantrack.toml"
FOLDERS = ("inbox", "processed", "quarantine", "plans", "lexicon")
"""The folders of a workspace."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise ValueError(
            f"'{name}' is no time zone; write one like Asia/Shanghai or UTC"
        ) from error
    return name


Variable = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
"""The name of an environment variable."""


class Language(StrEnum):
    """What a notice is written in."""

    ZH = "zh"
    EN = "en"
    BOTH = "both"


class Gathering(StrEnum):
    """Whether a pass tells its changes in one message or each in its own."""

    DIGEST = "digest"
    SINGLE = "single"


class StoreSettings(Model):
    """Where the database is: a file beside the settings, or a URL that the environment holds."""

    file: Annotated[str, Field(min_length=1)] = "plantrack.db"
    url_env: Variable | None = None


class JobSettings(Model):
    """How a pass works.

    `settle` seconds must a new file stay as it is before it is read; `lease` seconds may a job
    that gave no sign of life keep others out; `patience` seconds long a busy or stopped database
    is tried again. `time_zone` says what day it is and when `watch` begins. `sandbox` has web pages,
    PDF, Word and Excel files read in a child process with limits. `ahead` has a second process
    read the next documents while one is written, on two cores or more. `site` is a folder of the
    workspace in which each pass leaves the board as a site; none where it is empty.
    """

    rules: Annotated[str, Field(min_length=1)] = "default"
    time_zone: Annotated[str, AfterValidator(_zone)] = "Asia/Shanghai"
    settle: Annotated[float, Field(ge=0, le=3600)] = 1
    lease: Annotated[float, Field(ge=1, le=86400)] = 300
    patience: Annotated[float, Field(ge=0, le=86400)] = 60
    sandbox: bool = True
    ahead: bool = True
    site: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        return ZoneInfo(self.time_zone)


class NotifySettings(Model):
    """Who is told: the log and a file by default, and what the URLs in a variable lead to.

    `urls_env` names the environment variable that holds Apprise URLs, set apart by blanks; they
    hold passwords, so they are never written here. `attempts` times a message is tried at most.
    """

    language: Language = Language.BOTH
    gather: Gathering = Gathering.DIGEST
    log: bool = True
    file: str = "notices.txt"
    urls_env: Variable | None = None
    attempts: Annotated[int, Field(ge=1, le=1000)] = 8
    timeout: Annotated[float, Field(gt=0, le=600)] = 15


class Settings(Model):
    """All of plantrack.toml."""

    store: StoreSettings = StoreSettings()
    job: JobSettings = JobSettings()
    notify: NotifySettings = NotifySettings()

    @model_validator(mode="after")
    def _inside(self) -> Self:
        inside = {
            "store.file": self.store.file,
            "notify.file": self.notify.file,
            "job.site": self.job.site,
        }
        for key, name in inside.items():
            if Path(name).is_absolute() or ".." in Path(name).parts:
                raise ValueError(f"{key} '{name}' leads out of the workspace; write a name in it")
        if Path(self.job.site).parts[:1] in {(name,) for name in FOLDERS}:
            raise ValueError(f"job.site '{self.job.site}' is a folder that the job needs itself")
        return self


TEMPLATE = """\
# A plantrack workspace. Keys that are left out have the values shown.

[store]
file = "plantrack.db"                  # SQLite, beside this file
# url_env = "PLANTRACK_DATABASE_URL"   # PostgreSQL instead: the variable that holds its URL

[job]
rules = "default"                      # a built-in rule set, or a file
time_zone = "Asia/Shanghai"            # what day it is, and when `watch` begins
settle = 1                             # seconds a new file must stay as it is before it is read
lease = 300                            # seconds after which a silent job is taken for dead
patience = 60                          # seconds a busy or stopped database is tried again
sandbox = true                         # web pages, PDF, Word, Excel: in a child process with limits
ahead = true                           # a second process reads the next files, on two cores or more
# site = "site"                        # each pass leaves the board there, for `plantrack serve site`

[notify]
language = "both"                      # zh, en or both
gather = "digest"                      # one message a pass, or "single": one a change
log = true                             # changes go to the log
file = "notices.txt"                   # and to this file; "" for none
# urls_env = "PLANTRACK_NOTIFY_URLS"   # Apprise URLs (mail, webhooks, WeCom, DingTalk, Feishu …)
attempts = 8                           # how often a message is tried
timeout = 15                           # seconds one try may take
"""


def load_settings(path: Path) -> Settings:
    """The settings in a plantrack.toml. DataError, with key and what is allowed, where they do not fit."""
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        hint = "Get the right to read it, or make a workspace anew with `plantrack init DIR`."
        raise DataError(name, f"it cannot be read ({error.strerror})", hint) from error
    except UnicodeDecodeError as error:
        raise DataError(name, f"byte {error.start + 1} is not UTF-8", "Save it as UTF-8.") from None
    return parse_toml(text, name, Settings)


def secret(variable: str, what: str) -> str:
    """The value of an environment variable; UsageError, without any value, where it is not set."""
    value = os.environ.get(variable, "").strip()
    if not value:
        raise UsageError(
            f"{NAME} says that {what} stands in the environment variable {variable}, and that is "
            "not set. Set it for the job, or take the line out.",
            variable=variable,
        )
    return value
