"""Python's collector of reference cycles, told what a pass knows and it does not."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS = 50_000  # new ones between two looks: about what one document takes


@contextmanager
def long_lived() -> Iterator[None]:
    """Within the block what is there already is not looked through again, and new objects less often.

    Dictionaries and rules are a million objects that live to the end, and documents and rows hold
    no cycles: the collector finds next to nothing and takes up to half of the time of a reading of
    the store. Memory stays bounded, as it still looks.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
