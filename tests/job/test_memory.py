"""The collector is told to look less, and is as it was before afterwards."""

from __future__ import annotations

import gc

import pytest

from plantrack.job.memory import long_lived


@pytest.mark.parametrize("error", [None, RuntimeError])
def test_the_collector_is_as_it_was_before_however_the_block_ends(error):
    before = gc.get_threshold(), gc.get_freeze_count()
    try:
        with long_lived():
            assert gc.get_threshold()[0] > before[0][0]
            assert gc.get_freeze_count() > before[1]
            assert gc.isenabled()
            if error is not None:
                raise error
    except RuntimeError:
        assert error is not None
    assert (gc.get_threshold(), gc.get_freeze_count()) == before
