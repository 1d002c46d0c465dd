"""A pack is searched for names behind cautions in each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.wording import Wording
from kiosk.fast_dataclass import replace
from kiosk.library.checks.rules import examine
from kiosk.library.pack.build import pack_of_draft
from kiosk.library.pack.open_texts import open_names
from kiosk.library.pack.reader import open_pack
from tests.support.library.spanish_example import TOPIC


@pytest.mark.parametrize(("number", "language"), [(0, "en"), (1, "es")])
def test_a_name_that_is_behind_cautions_in_the_source_is_looked_for(
    tree: Path, number: int, language: str
) -> None:
    draft, _ = examine(tree)
    assert draft is not None
    topics = list(draft.topics)
    [name, *_] = topics[0].gated_terms
    text = Wording(f"¿{name}?", f"¿{name}?", f"¿{name}?")
    topic = replace(topics[number].topic, question=text)
    topics[number] = replace(topics[number], topic=topic)
    with open_pack(pack_of_draft(replace(draft, topics=tuple(topics)))) as pack:
        said = list(open_names(pack))
    assert said
    assert all(phrase.startswith(f"topic {TOPIC} ({language})") for phrase in said)
