"""The examples of deployment do what they say, as far as this machine can try it."""

from __future__ import annotations

import inspect
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from plantrack.cli.watching import watch

PROJECT = Path(__file__).parents[1]
DEPLOY = PROJECT / "examples" / "deploy"
PLANTRACK = Path(sys.executable).with_name("plantrack")


def text(name: str) -> str:
    return (DEPLOY / name).read_text("utf-8")


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a POSIX shell")
def test_the_cron_line_does_a_pass(tmp_path):
    from apscheduler.triggers.cron import CronTrigger

    [line] = [one for one in text("plantrack.cron").splitlines() if re.match(r"[\d*]", one)]
    *when, user, command = line.split(maxsplit=6)
    CronTrigger.from_crontab(" ".join(when[:5]))
    assert (len(when), user) == (5, "plantrack")
    subprocess.run([PLANTRACK, "init", tmp_path / "w"], check=True, capture_output=True)
    (tmp_path / "w" / "secrets.env").write_text("PLANTRACK_NOTIFY_URLS=\n")
    for there, here in (
        ("/srv/plantrack", tmp_path / "w"),
        ("/opt/plantrack/bin/plantrack", PLANTRACK),
        ("/var/log/plantrack", tmp_path),
    ):
        assert there in command
        command = command.replace(there, shlex.quote(str(here)))
    assert "%" not in command  # cron makes a line end of it
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    events = [
        json.loads(one) for one in (tmp_path / "run.jsonl").read_text("utf-8").splitlines()[:-1]
    ]
    assert [events[0]["event"], events[-1]["event"]] == ["pass begins", "pass ends"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze")
def test_systemd_takes_the_units(tmp_path):
    unit = text("plantrack.service").replace("/opt/plantrack/bin/plantrack", str(PLANTRACK))
    (tmp_path / "plantrack.service").write_text(unit, "utf-8")
    (tmp_path / "plantrack.timer").write_text(text("plantrack.timer"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_image_has_every_extra_the_job_needs_and_all_examples_name_real_commands():
    extras = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"][
        "optional-dependencies"
    ]
    [named] = re.findall(r"/src\[([^]]+)\]", text("Containerfile"))
    assert set(named.split(",")) >= {"job", "notify", "postgres", "html", "pdf", "sheet", "word"}
    assert set(named.split(",")) <= set(extras)
    [command] = re.findall(r"^CMD (\[.*\])$", text("Containerfile"), re.MULTILINE)
    options = {
        one.removeprefix("--").replace("-", "_") for one in json.loads(command) if one[0] == "-"
    }
    assert options == {"at", "log_format"}
    assert options <= set(inspect.signature(watch).parameters)
    assert "plantrack.exe run --log-format json" in text("windows-task.cmd")
