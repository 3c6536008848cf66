"""Workspaces and their settings."""

from __future__ import annotations

import pytest

from plantrack.errors import DataError, UsageError
from plantrack.job.settings import TEMPLATE, Settings, load_settings, secret
from plantrack.job.workspace import init, open_workspace


def test_a_new_workspace_has_its_folders_and_the_settings_it_shows(tmp_path):
    made = init(tmp_path / "w")
    names = {p.name for p in made.root.iterdir()}
    assert names == {"plantrack.toml", "inbox", "processed", "quarantine", "plans", "lexicon"}
    assert made.settings == Settings()
    assert made.database() == made.root / "plantrack.db"


def test_every_key_that_is_commented_out_exists():
    import tomllib

    text = "\n".join(
        line.removeprefix("# ") if line.startswith("# ") and " = " in line else line
        for line in TEMPLATE.splitlines()
    )
    settings = Settings.model_validate(tomllib.loads(text))
    assert settings.store.url_env == "PLANTRACK_DATABASE_URL"
    assert settings.notify.urls_env == "PLANTRACK_NOTIFY_URLS"


def test_it_is_found_from_a_folder_inside(tmp_path):
    made = init(tmp_path / "w")
    assert open_workspace(made.inbox).root == made.root


def test_a_folder_without_one_says_how_to_make_one(tmp_path):
    with pytest.raises(UsageError, match="plantrack init"):
        open_workspace(tmp_path)


@pytest.mark.parametrize("name", ["plantrack.toml", "letter.txt"])
def test_nothing_that_is_there_is_overwritten(tmp_path, name):
    (tmp_path / name).write_text("kept", encoding="utf-8")
    with pytest.raises(UsageError, match=r"another folder|a new one"):
        init(tmp_path)
    assert (tmp_path / name).read_text("utf-8") == "kept"


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("[job]\nsettle = soon", ":2:", "not valid TOML"),
        ("[job]\nsettel = 1", "job.settel", "Perhaps 'settle' is meant"),
        ('[job]\ntime_zone = "Chongqing"', "job.time_zone", "no time zone"),
        ("[job]\nlease = 0", "job.lease", "greater than or equal to 1"),
        ('[store]\nfile = "../other.db"', "", "leads out of the workspace"),
        ('[notify]\nurls_env = "https://secret"', "notify.urls_env", "pattern"),
        ('[notify]\nlanguage = "fr"', "notify.language", "zh, en, both"),
    ],
)
def test_a_mistake_in_the_settings_is_named(tmp_path, text, place, found):
    path = tmp_path / "plantrack.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_settings(path)
    assert str(path) in str(caught.value)
    assert place in str(caught.value)
    assert found in str(caught.value)


def test_a_variable_that_is_not_set_is_named(monkeypatch):
    monkeypatch.delenv("PLANTRACK_NO_SUCH", raising=False)
    with pytest.raises(UsageError, match="PLANTRACK_NO_SUCH"):
        secret("PLANTRACK_NO_SUCH", "the URL")


@pytest.mark.parametrize("name", ["inbox", "plans/site", "../site", "/site"])
def test_a_site_lies_in_the_workspace_and_in_no_folder_of_the_jobs(tmp_path, name):
    path = tmp_path / "plantrack.toml"
    path.write_text(f"[job]\nsite = '{name}'\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"job\.site"):
        load_settings(path)
