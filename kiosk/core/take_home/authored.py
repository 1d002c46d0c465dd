"""What authors write for taking along: what is printed, good questions, questions to check oneself.

`take-home.toml` of a topic has it; a topic without that file has a hand-out all the same.
"""

from __future__ import annotations

from kiosk.core.wording import Wording
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class GoodQuestion:
    """A suggested question for the clinician, and the statements that it rests on."""

    id: str
    rests_on: tuple[str, ...]
    wording: Wording


@dataclass(frozen=True)
class CheckAnswer:
    """One of the answers that a self-check question offers."""

    wording: Wording
    right: bool = False


@dataclass(frozen=True)
class CheckQuestion:
    """A question to check oneself with: "What would you tell a friend?"."""

    id: str
    rests_on: tuple[str, ...]
    wording: Wording
    again: Wording
    """The passage in other words, for whoever was not helped by the first."""
    answers: tuple[CheckAnswer, ...]
    section: str = ""
    """The section that it is about. Where that is gated, so is the question."""


@dataclass(frozen=True)
class TakeHomeTexts:
    """What authors write for taking along: the contents of take-home.toml."""

    printed: tuple[str, ...] = ()
    """The claims that are on the hand-out, in order."""
    diary: str = ""
    """The section on keeping a diary; empty where the topic has no use for one."""
    good: tuple[GoodQuestion, ...] = ()
    checks: tuple[CheckQuestion, ...] = ()

    def good_question(self, id_: str) -> GoodQuestion | None:
        """The good question of that id, if any."""
        return next((question for question in self.good if question.id == id_), None)

    def check(self, id_: str) -> CheckQuestion | None:
        """The question to check oneself with of that id, if any."""
        return next((check for check in self.checks if check.id == id_), None)
