"""Contents of a topic's take-home.toml, once loaded: the claims that are printed on the hand-out,
the diary's section, suggested questions for the clinician, and self-check questions. A topic
without that file still has a hand-out.
"""

from __future__ import annotations

from kiosk.core.wording import Wording
from kiosk.fast_dataclass import dataclass


@dataclass(frozen=True)
class GoodQuestion:
    """A question that authors suggest for the clinician, and the statements that it rests on."""

    id: str
    rests_on: tuple[str, ...]
    wording: Wording


@dataclass(frozen=True)
class CheckAnswer:
    """One answer that a self-check question offers, and whether it is right."""

    wording: Wording
    right: bool = False


@dataclass(frozen=True)
class CheckQuestion:
    """A self-check question such as "What would you tell a friend?": its wording, its answers, and
    the explanation in other words (`again`) that is shown once an answer was picked.
    """

    id: str
    rests_on: tuple[str, ...]
    wording: Wording
    again: Wording
    """The passage in other words, for a reader who was not helped by the first."""
    answers: tuple[CheckAnswer, ...]
    section: str = ""
    """The section that it is about. Where that is gated, so is the question."""


@dataclass(frozen=True)
class TakeHomeTexts:
    """The contents of a topic's take-home.toml: printed claims, the diary's section, suggested
    questions for the clinician (`good`) and self-check questions (`checks`).
    """

    printed: tuple[str, ...] = ()
    """The claims that are on the hand-out, in order."""
    diary: str = ""
    """The section on keeping a diary; empty where the topic has no use for one."""
    good: tuple[GoodQuestion, ...] = ()
    checks: tuple[CheckQuestion, ...] = ()

    def good_question(self, id_: str) -> GoodQuestion | None:
        """Return the suggested question for the clinician with that id; None where the topic has no
        such question.
        """
        return next((question for question in self.good if question.id == id_), None)

    def check(self, id_: str) -> CheckQuestion | None:
        """Return the self-check question with that id; None where the
        topic has no such question.
        """
        return next((check for check in self.checks if check.id == id_), None)
