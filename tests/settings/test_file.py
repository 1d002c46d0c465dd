"""kiosk.toml: found, checked like content, kept checked; and what it makes of a library."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.core.events import Panel, PanelOpened
from kiosk.core.port import VisitController
from kiosk.core.visit import Timings, VisitDefaults
from kiosk.library.problem import ContentError
from kiosk.password_hash import hash_password
from kiosk.settings import file as settings_file
from kiosk.settings.apply import fit_to_settings, unknown_names
from kiosk.settings.file import check_settings, find_settings, read_settings
from kiosk.settings.model import ClinicSettings, Settings, ShowSettings, StaffSettings
from kiosk.settings.schema import SettingsFile
from kiosk.site.content import scope_of
from tests.support.shipped import AT_ONCE, ROOT, Clock, library, pack, shelf

MISTAKES: dict[str, tuple[str, tuple[str, ...]]] = {
    "unknown key": ("[times]\nidel = 90", ('unknown key "times.idel"', 'Did you mean "idle"?')),
    "unknown table": ("[time]\nidle = 90", ('unknown key "time"', 'Did you mean "times"?')),
    "too short a warning": ("[times]\nwarning = 5", ("times.warning", "at least 20")),
    "too long": ("[times]\nidle = 90000", ("times.idle", "at most 3600")),
    "not a number": ('[times]\ndwell = "2"', ("times.dwell: must be a number",)),
    "no dwell": ("[times]\ndwell = 0", ("times.dwell", "at least 1")),
    "not a number to call": ('[staff]\nemergency = "call me"', ("is not a number to call",)),
    "a bare PIN": ('[staff]\npin = "1234"', ("is not what `kiosk pin` printed",)),
    "not a list": ('[show]\nreaders = "easy"', ("show.readers: must be a list",)),
    "not true or false": ('[show]\nunapproved = "no"', ("must be true or false",)),
    "a control character": ('[clinic]\nname = "a\\u001b[2J"', ("clinic.name", "U+001B")),
    "a bidirectional one": ('[staff]\nwords = "a\\u202eb"', ("staff.words", "U+202E")),
    "no such way to log in": ('[ssh]\nauth = "all"', ("ssh.auth",)),
    "a password that is none": ('[ssh]\npassword = "clinic"', ("is not what `kiosk pin` printed",)),
    "keys without a file": ('[ssh]\nauth = "keys"', ("ssh.keys is empty",)),
    "an earlier key": (
        "[serve]\nvisits = 90000",
        ('unknown key "serve.visits"', 'It is "max-sessions" now.'),
    ),
    "an earlier key whose value is of another kind": (
        '[ssh]\ncommands = "visit"',
        ('unknown key "ssh.commands"', '"ignore-commands"'),
    ),
    "no address": ('[ssh]\naddress = "a b"', ("ssh.address", "is not an address to listen at")),
    "a PIN cut short": ('[staff]\npin = "scrypt$nonsense"', ("is not what `kiosk pin` printed",)),
    "a dose": ('[staff]\nwords = "Ask for Q, 40 mg a day"', ("staff.words", "before any caution")),
    "not TOML": ("[clinic\n", ("not valid TOML",)),
    "too deep": ("a" + ".a" * 5000 + " = 1", ("too many dots",)),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named(name: str) -> None:
    text, words = MISTAKES[name]
    with pytest.raises(ContentError) as refused:
        check_settings(text.encode(), "kiosk.toml")
    [problem] = refused.value.problems
    assert all(word in str(problem) for word in words), str(problem)


def test_all_mistakes_in_one_run() -> None:
    text = '[times]\nidel = 90\nwarning = 1\n[show]\nunapproved = 1\n[staff]\npin = "1"'
    with pytest.raises(ContentError) as refused:
        check_settings(text.encode(), "kiosk.toml")
    assert len(refused.value.problems) == 4


def test_nothing_said_is_what_holds_anyway() -> None:
    assert check_settings(b"", "kiosk.toml") == Settings()


def test_the_file_in_deploy_says_every_key_and_changes_nothing() -> None:
    text = (ROOT / "deploy" / "kiosk.toml").read_text()
    assert check_settings(text.encode(), "kiosk.toml") == Settings()
    said = re.sub(r"^# (?=[a-z-]+ = )", "", text, flags=re.MULTILINE)
    said = said.replace("scrypt$...", hash_password("4071"))
    settings = check_settings(said.encode(), "kiosk.toml")
    assert settings.clinic.name == {"en": "Elm Street Clinic"}
    assert settings.staff.emergency == "911"
    for table, field in SettingsFile.model_fields.items():
        after = said.split(f"[{field.alias or table}]", 1)[1].split("\n[", 1)[0]
        model = field.annotation
        assert model is not None
        for key in model.model_fields:
            named = key.replace("_", "-")
            assert re.search(rf"^{named} = ", after, re.MULTILINE), f"{table}.{named}"


def test_it_is_found_where_it_was_asked_for_then_the_machine_then_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, system = tmp_path / "kiosk" / "kiosk.toml", tmp_path / "system.toml"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(settings_file, "SYSTEM", system)
    assert find_settings(None) is None
    home.parent.mkdir()
    home.touch()
    assert find_settings(None) == home
    system.touch()
    assert find_settings(None) == system
    assert find_settings(tmp_path / "asked.toml") == tmp_path / "asked.toml"


def test_a_checked_file_is_read_again_without_the_validator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    file = tmp_path / "kiosk.toml"
    file.write_text('[clinic]\nname = "Elm"\n[times]\nidle = 90')
    settings = read_settings(file)
    assert settings.times.timings == Timings(idle=90.0)
    program = (
        "import sys; from pathlib import Path\n"
        "from kiosk.settings.file import read_settings\n"
        f"print(read_settings(Path({str(file)!r})), 'pydantic' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "Elm" in ran.stdout
    assert ran.stdout.endswith("False\n")
    file.write_text('[clinic]\nname = "Oak"')
    assert read_settings(file).clinic.name == {"en": "Oak"}
    for kept in (tmp_path / "cache" / "kiosk").glob("settings-*.json"):
        kept.write_text("rubbish")
    assert read_settings(file).clinic.name == {"en": "Oak"}


def test_names_that_the_library_has_not_are_named() -> None:
    wrong = Settings(
        show=ShowSettings(("fr",), ("easy", "docter"), ("dark",), ("knees",)),
        clinic=ClinicSettings({"de": "Praxis"}),
        staff=StaffSettings({"de": "Klingel"}),
    )
    unknown = {(key, name) for key, name, _ in unknown_names(wrong, library(), ("clinic-light",))}
    assert unknown == {
        ("show.languages", "fr"), ("show.readers", "docter"), ("show.themes", "dark"),
        ("show.topics", "knees"), ("clinic.name", "de"), ("staff.words", "de"),
    }  # fmt: skip


def test_a_place_offers_what_it_has_chosen() -> None:
    show = ShowSettings(readers=("health-care", "easy"))
    shown = fit_to_settings(library(), Settings(ClinicSettings({"en": "Elm"}), show=show))
    assert [reader.id for reader in shown.readers] == ["health-care", "easy"]
    assert shown.clinic == {"en": "Elm"}
    assert shown.cards == library().cards


def test_what_no_clinician_has_signed_is_not_shown_where_that_is_asked() -> None:
    only_approved = Settings(show=ShowSettings(unapproved=False))
    offered = pack().library(scope_of(only_approved, pack()))
    assert offered.cards == ()
    assert offered.count("en") == 0
    assert pack().library(scope_of(Settings(), pack())).cards == library().cards


def test_ask_our_staff_says_what_the_clinic_has_configured() -> None:
    settings = Settings(staff=StaffSettings({"en": "Ring the bell."}, "911"))
    shown = fit_to_settings(pack().library(), settings)
    port = VisitController(shown, VisitDefaults("en", pace=AT_ONCE), Clock(), shelf())
    port.deliver(PanelOpened(panel=Panel.STAFF))
    words = " ".join(port.page.words())
    assert "Ring the bell." in words
    assert "In an emergency, call 911." in words
