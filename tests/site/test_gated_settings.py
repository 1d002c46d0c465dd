"""The clinic's own words are shown before any caution, so they name nothing that is gated."""

from __future__ import annotations

import pytest

from kiosk.errors import StartupError
from kiosk.settings.model import ClinicSettings, Settings, StaffSettings
from kiosk.site.content import library_of
from tests.support.shipped import pack


@pytest.mark.parametrize("text", ["Zinc is great", "Ask for L-Glutamine", "The ZINC clinic"])
def test_settings_that_name_what_is_gated_are_refused(text: str) -> None:
    for settings in (
        Settings(staff=StaffSettings(words={"en": text})),
        Settings(clinic=ClinicSettings(name={"en": text})),
    ):
        with pytest.raises(StartupError, match="only after its cautions"):
            library_of(pack(), settings)


def test_other_words_are_taken() -> None:
    settings = Settings(staff=StaffSettings(words={"en": "At the desk, or ring the bell."}))
    assert library_of(pack(), settings).staff["en"].startswith("At the desk")
