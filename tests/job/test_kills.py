"""Passes that are killed lose nothing and double nothing; `make soak` does the same for longer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HARNESS = Path(__file__).with_name("kills.py")
KILLS, DOCUMENTS = 15, 60


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system with fork and SIGKILL")
def test_killed_passes_lose_nothing_and_double_nothing():
    done = subprocess.run(
        [sys.executable, str(HARNESS), "--kills", str(KILLS), "--documents", str(DOCUMENTS)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["kills"] >= KILLS
    assert report["documents"] >= DOCUMENTS
    assert (report["lost"], report["doubled"], report["different"]) == (0, 0, 0)
    assert len(report["spots"]) > 1
