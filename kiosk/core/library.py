"""The library, frozen: everything that may be said, such as phrases, policies and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from kiosk.core.content import PolicyPart, Topic
from kiosk.core.review import TopicReview
from kiosk.core.wording import Level, ReviewStatus, Wording
from kiosk.fast_dataclass import dataclass, field, replace


@dataclass(frozen=True)
class Reader:
    """A kind of reader: an answer to "Which best describes you?", with the level it reads at."""

    id: str
    level: Level
    label: Mapping[str, str]
    """By language."""
    note: Mapping[str, str]
    """The kind of words to expect, by language; empty where the label says it."""


@dataclass(frozen=True)
class Policy:
    """The editorial policy of the site in one language: its title and titled parts."""

    title: str
    parts: tuple[PolicyPart, ...]


@dataclass(frozen=True)
class InterfaceText:
    """The phrases of the program in one language, by key; one may be worded for each level."""

    phrases: Mapping[str, str | Wording]

    def say(self, key: str, level: Level | None = None, **values: object) -> str:
        """The phrase of `key` at `level`, each `{name}` in it replaced by the value of that name.

        Without a level, as before a reader is chosen, the plain words are used. Raises KeyError
        where there is no such phrase.
        """
        phrase = self.phrases[key]
        if isinstance(phrase, Wording):
            phrase = phrase.at(level or Level.PLAIN)
        for name, value in values.items():
            phrase = phrase.replace("{" + name + "}", str(value))
        return phrase


@dataclass(frozen=True)
class AlarmMessage:
    """Message about one kind of danger, by language: what a person who writes of its signs should
    do now.
    """

    id: str
    say: Mapping[str, Wording]
    """By language; `{number}` is the number to call."""
    say_unnumbered: Mapping[str, Wording]
    """The words where this site has set no number, by language."""


@dataclass(frozen=True)
class TopicCard:
    """A card: what is known of a topic before it is opened, such as its question and minutes."""

    id: str
    language: str
    question: Wording
    preview: Wording
    """The wording of the topic's `preview` claim: what each level sounds like."""
    minutes: int
    """The minutes that the steps take at the plain level, see `screens.minutes_left`."""
    status: ReviewStatus
    languages: tuple[str, ...] = ()
    """The languages that it can be read in."""
    gated_minutes: int = 0
    """The further minutes that the gated sections take, for a reader who reads these, too."""
    summary: Wording | None = None
    """The answer in a sentence or two, for a reader who reads no further."""
    review: TopicReview | None = None
    """The state of its review, where somebody has signed it. Never part of a pack: a site decides
    it."""


@dataclass(frozen=True)
class TopicGroup:
    """A group of topics in one language: the heading they stand under, and how many there are."""

    name: str
    count: int


@dataclass(frozen=True)
class Catalogue:
    """Summary of the topics in one language: how many, the least stage of review, the groups."""

    count: int
    least: ReviewStatus
    """The status of the least reviewed."""
    groups: tuple[TopicGroup, ...] = ()


FEW = 12
"""Topics that are listed without a search, and whose cards are loaded from the beginning."""


@dataclass(frozen=True)
class Library:
    """The library: everything that may be said at this site. Topics are opened one at a time."""

    clinic: Mapping[str, str]
    """The clinic's name, by language."""
    languages: tuple[str, ...]
    """Language codes; the first is the one that a visit begins in."""
    readers: tuple[Reader, ...]
    words: Mapping[str, InterfaceText]
    policies: Mapping[str, Policy]
    catalogues: Mapping[str, Catalogue]
    """By language."""
    cards: tuple[TopicCard, ...]
    """The first topics of each language, in order, and those that were found since."""
    opened: tuple[Topic, ...] = ()
    staff: Mapping[str, str] = field(default_factory=dict)
    """The way to ask the staff of this site for help, by language."""
    emergency: str = ""
    """The number to call in an emergency."""
    poison_control: str = "1-800-222-1222"
    """The number of the poison control centre; the one of the United States by itself."""
    crisis_line: str = "988"
    """The number for people in a crisis of the mind; the one of the United States by itself."""
    addresses: Mapping[str, str] = field(default_factory=dict)
    """This place's own addresses on the web, by topic."""
    alarms: tuple[AlarmMessage, ...] = ()
    """Messages for a person who asks about a sign that somebody should hear of now.

    Their rules are apart: code that draws pages has no use for them."""

    def topic(self, id_: str, language: str) -> Topic:
        """The topic of that id in that language; KeyError where it has not been opened."""
        for topic in self.opened:
            if topic.id == id_ and topic.language == language:
                return topic
        raise KeyError((id_, language))

    def has_opened(self, id_: str, language: str) -> bool:
        """Return whether the topic has been opened in that language, so that `topic()` gives it."""
        return any(t.id == id_ and t.language == language for t in self.opened)

    def with_topic(self, topic: Topic) -> Library:
        """A copy of the library in which `topic` is opened."""
        return replace(self, opened=(*self.opened, topic))

    def with_cards(self, cards: Iterable[TopicCard]) -> Library:
        """A copy of the library to which those of `cards` are added that it had not loaded."""
        present = {(card.id, card.language) for card in self.cards}
        new = tuple(card for card in cards if (card.id, card.language) not in present)
        return replace(self, cards=(*self.cards, *new))

    def without(self, ids: Set[str]) -> Library:
        """A copy of the library without the cards and opened texts of the topics with these ids."""
        gone = [card.language for card in self.cards if card.id in ids]
        return replace(
            self,
            catalogues={
                code: replace(catalogue, count=catalogue.count - gone.count(code))
                for code, catalogue in self.catalogues.items()
            },
            cards=tuple(card for card in self.cards if card.id not in ids),
            opened=tuple(topic for topic in self.opened if topic.id not in ids),
        )

    def count(self, language: str) -> int:
        """Return the number of topics in `language`; 0 for a language that the library does not
        have.
        """
        catalogue = self.catalogues.get(language)
        return catalogue.count if catalogue else 0

    def cards_in(self, language: str) -> tuple[TopicCard, ...]:
        """The cards of topics in `language` that are loaded so far, in the library's order."""
        return tuple(card for card in self.cards if card.language == language)

    def card(self, id_: str, language: str) -> TopicCard | None:
        """The card of a topic in `language`; None where that card is not loaded."""
        for card in self.cards:
            if card.id == id_ and card.language == language:
                return card
        return None

    def only(self, language: str) -> TopicCard | None:
        """The card of the only topic in `language`; None where there are several, or none."""
        cards = self.cards_in(language)
        return cards[0] if self.count(language) == len(cards) == 1 else None

    def alarm_words(self, id_: str, language: str, level: Level) -> str:
        """Return the words that say what to do now about an alarm, with this site's numbers to call
        filled in.

        In `language` where the alarm has words in it, else in its first. KeyError where there is no
        such alarm.
        """
        for alarm in self.alarms:
            if alarm.id == id_:
                say = alarm.say if self.emergency else alarm.say_unnumbered
                worded = say.get(language) or next(iter(say.values()))
                text = worded.at(level).replace("{number}", self.emergency)
                text = text.replace("{poison}", self.poison_control)
                return text.replace("{crisis}", self.crisis_line)
        raise KeyError(id_)

    def reader(self, id_: str) -> Reader:
        """The reader of that id; KeyError where there is none."""
        for reader in self.readers:
            if reader.id == id_:
                return reader
        raise KeyError(id_)
