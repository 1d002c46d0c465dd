"""A visit as a conversation in text: prints pages as lines, turns typed lines into events.

It reads no input and no clock: `ConversationLoop` reads the lines and hands them over.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.core.events import (
    Event,
    Panel,
    PanelOpened,
    QuestionAsked,
    SentenceTyped,
    ShownWhole,
    TextChanged,
    Ticked,
    UserActive,
)
from kiosk.core.notices import too_early
from kiosk.core.page import Choice, Page, PageKind
from kiosk.core.phrases import COMMANDS
from kiosk.core.port import Port
from kiosk.lines.parse import CHOICE_OF, ParsedLine, choice_of, cleaned, is_end, parse_line
from kiosk.lines.render import choice_lines, numbered, page_lines, wrapped

MANY = 3
"""From so many numbered choices on, the prompt names the first and the last."""

STATUS_PAGES = (PageKind.WELCOME, PageKind.HELP, PageKind.POLICY)
"""The pages that always tell how far the text has been reviewed: where a visit begins, and where
somebody asks."""


class Conversation:
    """Prints the pages of visits as lines, and acts on what the reader types, line by line. `ended`
    is True once the program is to end.

    Args:
        port: what runs the visits.
        write: prints one row of text; it has to add the line end.
        width: the longest row, in cells.
        pause: rows after which a long page waits for Enter; 0 for never.
        spelt: turns a text into one that the output can carry, such as ASCII.
    """

    def __init__(
        self,
        port: Port,
        write: Callable[[str], None],
        *,
        width: int = 76,
        pause: int = 0,
        spelt: Callable[[str], str] = str,
    ) -> None:
        self._port = port
        self._write = write
        self._width = width
        self._spelt = spelt
        self._pause = pause
        self._page: Page = port.page
        self._waiting: list[str] = []
        self._begun = False
        self._status = ""
        self._settled = False
        self._interrupted = False
        self._asked = ""
        """The question asked last, while nothing else has been understood: a line may go on."""
        self.ended = False

    def begin(self) -> None:
        """Print how to use the program, then the page in view; to be called once, first."""
        say = self._port.say
        typed = {"help": say("command.help"), "stop": say("command.stop")}
        self._print_page(say("lines.hint", start=say("choice.start"), **typed))
        self._turn()

    @property
    def settling(self) -> tuple[float, float] | None:
        """Pair of waits, in seconds, before an answer to the page counts: the time since it was
        printed, and the time since anything was typed. None where an answer counts at once, and
        while rows of a long page are still to be printed.

        The caller, which reads the input, drops it until both waits are over, then calls `ask()`.
        """
        if not self._page.dwell or self._waiting:
            return None
        return (0.0 if self._settled else self._page.dwell, self._page.quiet)

    def is_question(self, typed: str) -> bool:
        """Return whether `handle_line` would take a typed line as a question to the library, in the
        reader's own words; always False on a page that takes no questions.
        """
        if self._page.entry is None or not self._page.entry.asks:
            return False
        return parse_line(typed, self._page, self._port.say).written

    def ask(self) -> None:
        """Print what can be typed now: numbers and commands, or Enter for more of a long page."""
        if self._waiting:
            say = self._port.say
            typed = {name: say(f"command.{name}") for name in ("help", "back", "stop")}
            self._print_page(say("lines.more", **typed))
        else:
            self._settled = True
            self._print_page(self._port.say("lines.can-type", words=", ".join(self._typeable())))

    def handle_line(self, typed: str) -> None:
        """Act on one typed line: take the choice or command that it names, or the reader's own
        words, and print what follows; an empty line prints more of a long page. A line that is not
        understood is checked for signs of danger; if it has none, the choices are repeated. On "Are
        you still there?", any line continues the visit, unless it is a whole name that ends it.
        """
        self._interrupted = False
        meant = parse_line(typed, self._page, self._port.say)
        asked, self._asked = self._asked, ""
        if self._page.kind is PageKind.IDLE and not is_end(typed, self._page, self._port.say):
            self._come_back(meant, typed)
        elif not cleaned(typed):
            self._blank()
        elif meant.choice is not None:
            self._take(meant.choice)
        elif meant.command:
            self._command(meant.command)
        elif meant.written:
            self._write_down(cleaned(typed))
        elif not meant.could_be and self._speaks_of_danger(cleaned(typed), asked):
            self._turn()
        elif meant.could_be:
            self._explain("lines.could-be", words=", ".join(meant.could_be))
        else:
            self._explain("lines.not-understood")

    def tick(self) -> bool:
        """Tell the port that time has passed, so that its deadlines are checked. Return whether
        another page is now in view; nothing is printed until `follow()`.
        """
        self._port.deliver(Ticked())
        return self._port.page is not self._page

    def follow(self) -> None:
        """Print the page that time alone has brought into view, such as "Are you still there?"."""
        self._interrupted = False
        self._asked = ""
        self._turn()

    def interrupt(self) -> None:
        """Answer Ctrl+C: ask whether to end; the second time, with no line typed between, end."""
        if self._interrupted:
            self.end()
        else:
            self._interrupted = True
            self._print_page(
                self._port.say("lines.interrupted", stop=self._port.say("command.stop"))
            )

    def flood(self) -> None:
        """Say that too much is typed, and end: input that never falls silent is no person's."""
        self._print_page(self._port.say("lines.too-much"))
        self.end()

    def end(self) -> None:
        """Print a goodbye and set `ended`, which ends the program."""
        self._print_page(self._port.say("lines.goodbye"))
        self.ended = True

    def _turn(self) -> None:
        """Tell the port's page; where only its notice is new, only that."""
        before, self._page = self._page, self._port.page
        if before is not self._page and self._page.is_like(before) and self._page.notice:
            self._print_page(self._page.notice)
            return
        self._settled = False
        lines = page_lines(self._page, self._port.say, status=self._is_status_due())
        rows = [row for line in (*lines, *self._choices()) for row in self._rows(line)]
        self._waiting = ["", *rows] if self._begun else rows
        self._begun = True
        self._read_on()

    def _is_status_due(self) -> bool:
        """Return whether to print the review status: it changed, or the page always tells it."""
        previous, self._status = self._status, self._page.status
        return self._status != previous or self._page.kind in STATUS_PAGES

    def _read_on(self) -> None:
        """Tell as many rows as the reader wants at a time."""
        count = self._pause or len(self._waiting)
        for row in self._waiting[:count]:
            self._write(row)
        self._waiting = self._waiting[count:]
        if not self._waiting:
            self._port.deliver(ShownWhole())

    def dropped(self) -> None:
        """Print that input was thrown away, as it came too early to be an answer to this page."""
        self._print_page(too_early(self._port))

    def _come_back(self, meant: ParsedLine, typed: str) -> None:
        """Act on a line typed at "Are you still there?": return to the page before, by way of
        "Start over?" if the line may mean the end, and check one that names nothing for alarms.
        """
        self._port.deliver(UserActive())
        if meant.command == "start-over" or (meant.choice and meant.choice.id == "start-over"):
            self._port.deliver(PanelOpened(panel=Panel.START_OVER))
        elif meant.choice is None and not meant.command and cleaned(typed):
            self._port.deliver(SentenceTyped(text=cleaned(typed)))
        self._turn()

    def _blank(self) -> None:
        if self._waiting:
            if not self._record_activity():
                self._read_on()
        else:
            self._explain("lines.blank")

    def _take(self, choice: Choice) -> None:
        if choice.under_way:
            self._print_page(choice.under_way)
        self._deliver(choice.event)

    def _deliver(self, event: Event) -> None:
        before = self._port.page
        accepted = self._port.deliver(event)
        if self._port.page is not before:
            self._turn()
        elif accepted and self._page.notice:
            self._print_page(self._page.notice)
        else:
            self._explain("lines.not-here")

    def _write_down(self, text: str) -> None:
        """A line in the reader's own words, where the page asks for one."""
        entry = self._page.entry
        assert entry is not None
        self._asked = text if entry.asks else ""
        self._deliver(QuestionAsked(text=text) if entry.asks else TextChanged(text=text))

    def _speaks_of_danger(self, text: str, asked: str) -> bool:
        """Have a line that names nothing checked for alarms, alone and as the end of the question
        before it; return whether that turned the page.
        """
        for sentence in (text, f"{asked} {text}"):
            self._port.deliver(SentenceTyped(text=sentence))
            if self._port.page is not self._page:
                return True
        return False

    def _command(self, name: str) -> None:
        if name == "again":
            if not self._record_activity():
                self._turn()
        elif name == "stop":
            self.end()
        elif name == "next" and self._waiting:
            self._read_on()
        elif CHOICE_OF.get(name) == self._page.kind.value:
            self._turn()
        elif (choice := choice_of(name, self._page)) is not None:
            self._take(choice)
        elif name == "next":
            self._explain("lines.blank")
        else:
            self._explain("lines.not-here")

    def _typeable(self) -> list[str]:
        say, last = self._port.say, len(numbered(self._page))
        numbers = [str(number) for number in range(1, last + 1)]
        if last >= MANY:
            numbers = [say("lines.numbers", last=last)]
        always = ("again", "stop")
        names = [name for name in COMMANDS if name in always or choice_of(name, self._page)]
        return [*numbers, *(say(f"command.{name}") for name in names)]

    def _explain(self, key: str, **values: object) -> None:
        """Say kindly why nothing happened, and give the choices again."""
        if self._record_activity():
            return
        self._print_page(self._port.say(key, **values))
        if not self._waiting:
            for line in self._choices():
                self._print_page(line)

    def _record_activity(self) -> bool:
        """Record activity; return whether that turned the page, which is then printed."""
        self._port.deliver(UserActive())
        if self._port.page is self._page:
            return False
        self._turn()
        return True

    def _choices(self) -> list[str]:
        return choice_lines(self._page, self._port.say)

    def _print_page(self, line: str) -> None:
        for row in self._rows(line):
            self._write(row)

    def _rows(self, line: str) -> list[str]:
        return wrapped(self._spelt(line), self._width)
