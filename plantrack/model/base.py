"""What all model types share: frozen, closed, and equal by value."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Base of every model type: immutable, hashable, refuses unknown keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=False, defer_build=True
    )


class Text(Model):
    """A sentence in Chinese and in English."""

    zh: str
    en: str
