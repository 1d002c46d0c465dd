"""What a question asks for by its first word: stop words elsewhere, but not in a question.

`Why do I have it` and `where do I have it` differ in nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_ASKS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"\b(?:{words})\b")
    for name, words in {
        "?when": "when|what time|cuando|a que hora",
        "?where": "where|donde|adonde",
        "?long": "how long|how soon|how fast|cuanto tiempo|cuanto (?:tarda|dura)",
        "?many": "how (?:many|much|common|often)|cuant[oa]s?(?! (?:tiempo|tarda|dura))",
        "?who": "who|quien|quienes",
        "?why": "why|how come|por que|porque|xq|pq",
    }.items()
}


def frames(told: list[str]) -> list[str]:
    """The terms of what these folded words ask for."""
    line = " ".join(told)
    return [name for name, asks in _ASKS.items() if asks.search(line)]
