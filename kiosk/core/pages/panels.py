"""Pages of panels that tell something: help, staff, the editorial policy, and the list of a topic's
steps.
"""

from __future__ import annotations

from kiosk.core.content import Section, Topic
from kiosk.core.events import OpenedSection, Panel, PanelOpened
from kiosk.core.gate import is_open
from kiosk.core.page import Block, BlockKind, Choice, Page, PageKind
from kiosk.core.pages.context import PageContext, paragraphs
from kiosk.core.phrases import COMMANDS
from kiosk.core.visit import AtCaution, Presentation


def help_page(context: PageContext) -> Page:
    """Return the help page: what this program is, how to use it, and what the marks after claims
    mean. Other page functions return it where they have nothing to show.
    """
    several = len(context.library.languages) > 1
    names = [name for name in COMMANDS if several or name != "language"]
    typed = ", ".join(context.say(f"command.{name}") for name in names)
    blocks = paragraphs(context.say_here("help", commands=typed))
    blocks += paragraphs(context.say("help.text", **_tool_names(context)))
    blocks += (Block(BlockKind.HEADING, context.say("help.marks-title")),)
    unchecked = "" if context.is_approved() else context.say("help.unchecked")
    blocks += paragraphs(context.say("help.marks", unchecked=unchecked))
    return context.page(PageKind.HELP, context.say("help.title"), blocks, (), likely="back")


def _tool_names(context: PageContext) -> dict[str, str]:
    """The tools that help explains, by the names that this front end shows or takes."""
    kept = {"ask": "ask", "steps": "steps", "words": "readers", "again": "start-over"}
    if context.visit.opening.presentation is Presentation.LINES:
        kept["words"] = "words"
        return {name: context.say(f"command.{key}").capitalize() for name, key in kept.items()}
    names = {name: context.say(f"tool-short.{key}") for name, key in kept.items()}
    # A wide bar has the long name of this one.
    names["again"] += f" ({context.say('tool.start-over')})"
    return names


def staff(context: PageContext) -> Page:
    """Return the page to show to the clinic's staff: how to get help here, the emergency number,
    the caution in view; where the site lets staff leave the kiosk, a choice to do so.
    """
    library = context.library
    blocks = paragraphs(context.say_here("staff"), BlockKind.KEY)
    blocks += paragraphs(library.staff.get(context.visit.language, ""), BlockKind.KEY)
    if library.emergency:
        blocks += paragraphs(context.say("staff.emergency", number=library.emergency))
    location, topic = context.visit.location, context.topic
    if isinstance(location, AtCaution) and topic:
        title = context.at(topic.caution(location.caution).title)
        blocks += paragraphs(context.say("staff.caution", caution=title))
    choices: tuple[Choice, ...] = ()
    if context.visit.opening.may_leave:
        choices = (Choice("leave", context.say("staff.leave"), PanelOpened(panel=Panel.LEAVE)),)
    return context.page(PageKind.STAFF, context.say("staff.title"), blocks, choices, likely="back")


def policy(context: PageContext) -> Page:
    """Return the page of the editorial policy: the stages of review, the dates of the topic's text
    and sources, whether use is counted, and the policy's text.
    """
    library, topic = context.library, context.topic
    text = library.policies[context.visit.language]
    blocks = paragraphs(context.stages(), BlockKind.MARK)
    blocks += paragraphs(context.say("stage.education"), BlockKind.MARK)
    if topic:
        blocks += (Block(BlockKind.SOURCE, context.say("policy.updated", date=topic.updated)),)
        blocks += tuple(
            Block(
                BlockKind.SOURCE,
                context.say("policy.dated", title=document.title, date=document.dated),
            )
            for document in topic.documents
            if document.dated
        )
    if context.visit.opening.is_counted:
        blocks += (Block(BlockKind.HEADING, context.say("policy.counted-title")),)
        blocks += paragraphs(context.say("policy.counted"))
    for part in (*(topic.policy if topic else ()), *text.parts):
        blocks += (Block(BlockKind.HEADING, part.title), *paragraphs(context.at(part.wording)))
    return context.page(PageKind.POLICY, text.title, blocks, (), likely="back")


def steps(context: PageContext) -> Page:
    """Return the page that lists a topic's sections to open: its steps, noted as done or current;
    gated ones, as open or closed; then the others. The help page where no topic is loaded.
    """
    topic = context.topic
    if topic is None:
        return help_page(context)
    gated = topic.gated_sections()
    aside = [
        section for section in topic.sections if section.id not in topic.steps and not section.gated
    ]
    choices = [_step_choice(context, topic, id_) for id_ in topic.steps]
    choices += [_gated_choice(context, topic, section) for section in gated]
    choices += [_section_choice(context, section, context.say("steps.aside")) for section in aside]
    progress = context.visit.progress_in(topic.id)
    likely = f"section-{progress.at.section}" if progress else choices[0].id
    return context.page(
        PageKind.STEPS, context.say("steps.title"), (), tuple(choices), likely=likely
    )


def _section_choice(context: PageContext, section: Section, group: str, note: str = "") -> Choice:
    return Choice(
        f"section-{section.id}",
        context.at(section.title),
        OpenedSection(section=section.id),
        note=note,
        group=group,
    )


def _step_choice(context: PageContext, topic: Topic, id_: str) -> Choice:
    progress = context.visit.progress_in(topic.id)
    note = ""
    if progress and progress.at.section == id_:
        note = context.say("note.here")
    elif progress and id_ in progress.reached:
        note = context.say("note.done")
    return _section_choice(context, topic.section(id_), context.say("steps.in-order"), note)


def _gated_choice(context: PageContext, topic: Topic, section: Section) -> Choice:
    key = "note.unlocked" if is_open(topic, context.visit, section) else "note.locked"
    return _section_choice(context, section, context.say("steps.gated"), context.say(key))
