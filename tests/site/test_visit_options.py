"""Options that a visitor asked for: those that the site has are used, others are ignored."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.visit import Presentation, VisitDefaults
from kiosk.core.wording import Level
from kiosk.serve.pool.login_name import known_names_in, parse_login_name
from kiosk.site.visit_options import known_names, visit_defaults_for
from tests.support.shipped import library, pack

USUAL = VisitDefaults("en", Level.EVERYDAY, may_leave=True)


@pytest.mark.parametrize(
    ("wants", "opening"),
    [
        ({}, USUAL),
        ({"language": "es"}, replace(USUAL, language="es")),
        ({"language": "fr"}, USUAL),
        ({"level": "plain"}, replace(USUAL, level=Level.PLAIN)),
        ({"level": "professional"}, replace(USUAL, level=Level.PROFESSIONAL)),
        ({"level": "easy"}, USUAL),
        ({"level": ""}, USUAL),
        ({"topic": "leaky-gut"}, replace(USUAL, topic="leaky-gut")),
        ({"presentation": "lines"}, replace(USUAL, presentation=Presentation.LINES)),
        ({"presentation": "screen"}, USUAL),
        ({"theme": "high-contrast", "term": "linux"}, USUAL),
        (
            {"language": "es", "level": "plain", "topic": "leaky-gut", "presentation": "lines"},
            replace(
                USUAL,
                language="es",
                level=Level.PLAIN,
                topic="leaky-gut",
                presentation=Presentation.LINES,
            ),
        ),
    ],
)
def test_of_what_is_wished_what_there_is(wants: dict[str, str], opening: VisitDefaults) -> None:
    assert visit_defaults_for(wants, USUAL, ("en", "es")) == opening


def test_every_reader_language_topic_and_theme_that_is_shipped_has_a_name() -> None:
    themes = [theme.name for theme in pack().themes()]
    names = known_names_in(known_names(library(), themes))
    for reader in library().readers:
        assert parse_login_name(reader.id, names) == {"level": reader.level.value}
        opening = visit_defaults_for(parse_login_name(reader.id, names), USUAL, library().languages)
        assert opening.level == reader.level
    for theme in themes:
        assert parse_login_name(theme, names) == {"theme": theme}
    for card in library().cards:
        assert parse_login_name(card.id, names) == {"topic": card.id}
    assert parse_login_name("no-such-topic", names) == {}
