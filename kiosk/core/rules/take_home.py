"""Rules of what a reader takes along: opening its panels, printing or saving a sheet and its
result; and the answer to "Was this helpful?".
"""

from __future__ import annotations

from kiosk.core.events import Panel, PanelOpened, SheetHandedOver, WentBack
from kiosk.core.gate import topic_of
from kiosk.core.library import Library
from kiosk.core.rules import self_check
from kiosk.core.rules.navigation import lay
from kiosk.core.take_home.events import HelpfulAnswered, SheetWanted
from kiosk.core.take_home.state import HandOver, Outlet, SheetKind, SheetResult
from kiosk.core.visit import AtFinish, Notice, OpenPanel, Visit
from kiosk.fast_dataclass import replace

MOST_SHEETS = 6
"""Sheets that one visit may print or save: both of them, in both sizes, and two once more."""
PANELS = (
    Panel.SHEET, Panel.CODES, Panel.DIARY, Panel.QUESTIONS, Panel.GOOD_QUESTIONS, Panel.CHECK,
)  # fmt: skip
"""The panels that are opened from the one which offers what can be taken along, and lead back."""


def open_panel(library: Library, visit: Visit, event: PanelOpened) -> Visit | None:
    """Rule for opening a panel of taking along or the self-check; None where the topic or the site
    has nothing for it, such as no diary.
    """
    topic = topic_of(library, visit)
    if topic is None or event.panel not in PANELS:
        return None
    if event.panel is Panel.CHECK:
        return self_check.begin(topic, visit) if self_check.checks_of(topic, visit) else None
    if event.panel is Panel.DIARY and not topic.take_home.diary:
        return None
    if event.panel is Panel.CODES and Outlet.CODES not in visit.opening.outlets:
        return None
    return lay(visit, OpenPanel(event.panel))


def want(library: Library, visit: Visit, event: SheetWanted) -> Visit | None:
    """Rule for printing or saving a sheet: open the page that says it is under way, or, after six
    sheets in one visit, that there are no more.

    None where the site lacks that outlet, the topic has no diary, or another sheet is under way.
    """
    topic, over = topic_of(library, visit), visit.open_panel
    if topic is None or over is None or event.outlet not in visit.opening.outlets:
        return None
    if event.outlet is Outlet.CODES or over.result is SheetResult.UNDER_WAY:
        return None
    if event.sheet is SheetKind.DIARY and not topic.take_home.diary:
        return None
    panel = OpenPanel(Panel.HANDED_OVER, sheet=event.sheet, number=visit.sheets + 1)
    if visit.sheets >= MOST_SHEETS:
        return lay(visit, replace(panel, result=SheetResult.TOO_OFTEN))
    asked = lay(visit, replace(panel, result=SheetResult.UNDER_WAY))
    return replace(asked, sheets=visit.sheets + 1)


def hand_over_of(visit: Visit, event: SheetWanted) -> HandOver | None:
    """Return the request to print or save a sheet, after the rule `want` allowed it; else None."""
    over = visit.open_panel
    if over is None or over.panel is not Panel.HANDED_OVER:
        return None
    if over.result is not SheetResult.UNDER_WAY:
        return None
    return HandOver(over.number, event.sheet, event.outlet, event.large)


def handed_over(_: Library, visit: Visit, event: SheetHandedOver) -> Visit | None:
    """Rule for the result of printing or saving: show it on the page of that sheet, or as a notice
    if the reader has gone on; None where this visit asked for no such sheet.
    """
    over = visit.open_panel
    if over is not None and over.panel is Panel.HANDED_OVER and over.number == event.number:
        return lay(visit, replace(over, result=event.result, saved_in=event.where))
    if not 0 < event.number <= visit.sheets:
        return None
    done = event.result in (SheetResult.PRINTED, SheetResult.SAVED)
    return replace(visit, notice=Notice.SHEET_DONE if done else Notice.SHEET_FAILED)


def back_to_offer(_: Library, visit: Visit, __: WentBack) -> Visit:
    """Rule for Back from a panel of taking along: open the page that
    lists what can be taken along.
    """
    return lay(visit, OpenPanel(Panel.TAKE))


def answer_helpful(_: Library, visit: Visit, event: HelpfulAnswered) -> Visit | None:
    """Rule for the answer to "Was this helpful?": keep it in the visit; None where it was answered
    before, or the visit is not at the topic's last page.
    """
    if visit.helpful is not None or not isinstance(visit.location, AtFinish):
        return None
    return replace(visit, helpful=event.helpful, notice=Notice.HELPFUL)
