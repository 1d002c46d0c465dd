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


def help_page(scene: PageContext) -> Page:
    """Return the help page: what this program is, how to use it, and what the marks after claims
    mean. Other page functions return it where they have nothing to show.
    """
    several = len(scene.library.languages) > 1
    names = [name for name in COMMANDS if several or name != "language"]
    typed = ", ".join(scene.say(f"command.{name}") for name in names)
    blocks = paragraphs(scene.say_here("help", commands=typed))
    blocks += paragraphs(scene.say("help.text", **_tool_names(scene)))
    blocks += (Block(BlockKind.HEADING, scene.say("help.marks-title")),)
    unchecked = "" if scene.is_approved() else scene.say("help.unchecked")
    blocks += paragraphs(scene.say("help.marks", unchecked=unchecked))
    return scene.page(PageKind.HELP, scene.say("help.title"), blocks, (), likely="back")


def _tool_names(scene: PageContext) -> dict[str, str]:
    """The tools that help explains, by the names that this front end shows or takes."""
    kept = {"ask": "ask", "steps": "steps", "words": "readers", "again": "start-over"}
    if scene.visit.opening.presentation is Presentation.LINES:
        kept["words"] = "words"
        return {name: scene.say(f"command.{key}").capitalize() for name, key in kept.items()}
    names = {name: scene.say(f"tool-short.{key}") for name, key in kept.items()}
    # A wide bar has the long name of this one.
    names["again"] += f" ({scene.say('tool.start-over')})"
    return names


def staff(scene: PageContext) -> Page:
    """Return the page to show to the clinic's staff: how to get help here, the emergency number,
    the caution in view; where the site lets staff leave the kiosk, a choice to do so.
    """
    library = scene.library
    blocks = paragraphs(scene.say_here("staff"), BlockKind.KEY)
    blocks += paragraphs(library.staff.get(scene.visit.language, ""), BlockKind.KEY)
    if library.emergency:
        blocks += paragraphs(scene.say("staff.emergency", number=library.emergency))
    location, topic = scene.visit.location, scene.topic
    if isinstance(location, AtCaution) and topic:
        title = scene.at(topic.caution(location.caution).title)
        blocks += paragraphs(scene.say("staff.caution", caution=title))
    choices: tuple[Choice, ...] = ()
    if scene.visit.opening.may_leave:
        choices = (Choice("leave", scene.say("staff.leave"), PanelOpened(panel=Panel.LEAVE)),)
    return scene.page(PageKind.STAFF, scene.say("staff.title"), blocks, choices, likely="back")


def policy(scene: PageContext) -> Page:
    """Return the page of the editorial policy: the stages of review, the dates of the topic's text
    and sources, whether use is counted, and the policy's text.
    """
    library, topic = scene.library, scene.topic
    text = library.policies[scene.visit.language]
    blocks = paragraphs(scene.stages(), BlockKind.MARK)
    blocks += paragraphs(scene.say("stage.education"), BlockKind.MARK)
    if topic:
        blocks += (Block(BlockKind.SOURCE, scene.say("policy.updated", date=topic.updated)),)
        blocks += tuple(
            Block(
                BlockKind.SOURCE,
                scene.say("policy.dated", title=document.title, date=document.dated),
            )
            for document in topic.documents
            if document.dated
        )
    if scene.visit.opening.is_counted:
        blocks += (Block(BlockKind.HEADING, scene.say("policy.counted-title")),)
        blocks += paragraphs(scene.say("policy.counted"))
    for part in (*(topic.policy if topic else ()), *text.parts):
        blocks += (Block(BlockKind.HEADING, part.title), *paragraphs(scene.at(part.wording)))
    return scene.page(PageKind.POLICY, text.title, blocks, (), likely="back")


def steps(scene: PageContext) -> Page:
    """Return the page that lists a topic's sections to open: its steps, noted as done or current;
    gated ones, as open or closed; then the others. The help page where no topic is loaded.
    """
    topic = scene.topic
    if topic is None:
        return help_page(scene)
    gated = topic.gated_sections()
    aside = [
        section for section in topic.sections if section.id not in topic.steps and not section.gated
    ]
    choices = [_step_choice(scene, topic, id_) for id_ in topic.steps]
    choices += [_gated_choice(scene, topic, section) for section in gated]
    choices += [_section_choice(scene, section, scene.say("steps.aside")) for section in aside]
    progress = scene.visit.progress_in(topic.id)
    likely = f"section-{progress.at.section}" if progress else choices[0].id
    return scene.page(PageKind.STEPS, scene.say("steps.title"), (), tuple(choices), likely=likely)


def _section_choice(scene: PageContext, section: Section, group: str, note: str = "") -> Choice:
    return Choice(
        f"section-{section.id}",
        scene.at(section.title),
        OpenedSection(section=section.id),
        note=note,
        group=group,
    )


def _step_choice(scene: PageContext, topic: Topic, id_: str) -> Choice:
    progress = scene.visit.progress_in(topic.id)
    index = topic.steps.index(id_)
    note = ""
    if progress and progress.at.section == id_:
        note = scene.say("note.here")
    elif progress and index <= progress.furthest:
        note = scene.say("note.done")
    return _section_choice(scene, topic.section(id_), scene.say("steps.in-order"), note)


def _gated_choice(scene: PageContext, topic: Topic, section: Section) -> Choice:
    key = "note.unlocked" if is_open(topic, scene.visit, section) else "note.locked"
    return _section_choice(scene, section, scene.say("steps.gated"), scene.say(key))
