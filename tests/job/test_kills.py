"""Passes that are killed lose nothing and double nothing; `make soak` does the same for longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("kills.py")
DOCUMENTS = 60


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork and SIGKILL")
@pytest.mark.parametrize(("kills", "options"), [(15, []), (4, ["--ahead"])])
def test_killed_passes_lose_nothing_and_double_nothing(kills, options):
    size = ["--kills", str(kills), "--documents", str(DOCUMENTS)]
    done = subprocess.run(
        [sys.executable, str(HARNESS), *size, *options],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["kills"] >= kills
    assert report["documents"] >= DOCUMENTS
    assert (report["lost"], report["doubled"], report["different"]) == (0, 0, 0)
    assert report["orphans"] == 0
    assert (report["ahead"] > 0) == bool(options)
    assert len(report["spots"]) > 1
