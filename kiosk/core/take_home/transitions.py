"""Tables of which rule handles each event of taking along in which panel, imported when first
needed; and the sheet that the port is asked to print or save after such an event.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.core import events as ev
from kiosk.core import visit as vi
from kiosk.core.library import Library
from kiosk.core.outcome import Ask
from kiosk.core.rules import own_questions, self_check, take_home
from kiosk.core.take_home import events as te
from kiosk.core.visit import Visit

Rule = Callable[[Library, Visit, Any], "Visit | None"]

IN_PANEL: Mapping[tuple[ev.Panel, type[ev.Event]], Rule] = {
    (ev.Panel.ANSWER, ev.QuestionSaved): own_questions.put_on_list,
    **{(panel, ev.WentBack): take_home.back_to_offer for panel in take_home.PANELS},
    **{
        (panel, te.SheetWanted): take_home.want
        for panel in (ev.Panel.TAKE, ev.Panel.DIARY, ev.Panel.HANDED_OVER)
    },
    (ev.Panel.HANDED_OVER, ev.WentBack): take_home.back_to_offer,
    (ev.Panel.QUESTIONS, ev.AnswerFound): own_questions.checked_for_alarm,
    (ev.Panel.QUESTIONS, te.ChoseOwnQuestion): own_questions.choose,
    (ev.Panel.QUESTIONS, ev.KeyboardOpened): own_questions.begin_writing,
    (ev.Panel.QUESTIONS, ev.QuestionAsked): own_questions.put_typed,
    (ev.Panel.QUESTION, te.OwnQuestionMoved): own_questions.move,
    (ev.Panel.QUESTION, te.OwnQuestionRemoved): own_questions.remove,
    (ev.Panel.QUESTION, te.OwnQuestionReopened): own_questions.reopen,
    (ev.Panel.QUESTION, ev.WentBack): own_questions.back_to_list,
    (ev.Panel.GOOD_QUESTIONS, ev.WentBack): own_questions.back_to_list,
    (ev.Panel.WRITE_OWN, ev.TextChanged): own_questions.write,
    (ev.Panel.WRITE_OWN, ev.QuestionAsked): own_questions.put_written,
    (ev.Panel.WRITE_OWN, ev.WentBack): own_questions.back_to_list,
    (ev.Panel.GOOD_QUESTIONS, te.AskedAbout): own_questions.ask_about,
    (ev.Panel.GOOD_QUESTIONS, te.AskedAboutCaution): own_questions.ask_about_caution,
    (ev.Panel.ASK, te.AskedAboutSection): own_questions.ask_about_section,
    (ev.Panel.EVIDENCE, te.AskedAboutSection): own_questions.ask_about_section,
    (ev.Panel.CHECK, te.CheckAnswered): self_check.answer,
    (ev.Panel.CHECK, te.CheckWentOn): self_check.go_on,
}


def rule_of(visit: Visit, kind: type[ev.Event]) -> Rule | None:
    """Return the rule that handles a kind of event of taking along in this visit; None where it is
    not allowed now.
    """
    if kind is ev.SheetHandedOver:
        return take_home.handed_over
    if visit.open_panel is not None:
        return IN_PANEL.get((visit.open_panel.panel, kind))
    at_end = isinstance(visit.location, vi.AtFinish) and kind is te.HelpfulAnswered
    return take_home.answer_helpful if at_end else None


def asks_of(visit: Visit, event: ev.Event) -> tuple[Ask, ...]:
    """Return what a visit asks of its port after an event of taking along: a sheet to print or
    save, else an empty tuple.
    """
    sheet = take_home.hand_over_of(visit, event) if isinstance(event, te.SheetWanted) else None
    return (sheet,) if sheet else ()
