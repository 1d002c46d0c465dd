"""Reads the health topics of the NLM's XML file one by one, in memory that does not grow with the
file.

The parser is expat, of the standard library. It expands no entity and opens no file. The file's
line that names the NLM's DTD is accepted, and the DTD is never fetched; a declaration in the file
itself, above all of an entity, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from kiosk.errors import SourceError
from kiosk.importers.medlineplus.record import HealthTopic

MOST_DEPTH = 8
"""Elements within elements; the format has four."""
LONGEST_TAG = 1_000_000
"""Bytes in which the parser meets nothing whole."""
MOST_TEXT = 1_000_000
"""Characters in one element."""

_DTD = re.compile(r"https?://(?:www\.nlm\.nih\.gov/medlineplus|medlineplus\.gov)/[\w./-]+\.dtd")
_NEEDED = ("id", "title", "url", "language")
_SILENT = {"mesh-heading", "qualifier", "information-category", "organization"}
_SILENT |= {"standard-description"}
"""Parts of what is taken, or reported, as one."""


class TopicReader:
    """Reader of the topics in one NLM file; `generated` and `total` are filled while it reads.

    Args:
        name: the file's name in problems.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        """Name of the file in problems."""
        self.generated = ""
        """Date on which the NLM made the file: mm/dd/yyyy hh:mi:ss."""
        self.total = ""
        """Number of topics that the file says it has."""
        self._done: list[HealthTopic] = []
        self._ids: set[str] = set()
        self._open: list[str] = []
        self._record: HealthTopic | None = None
        self._text: list[str] = []
        self._length = 0
        self._link: dict[str, str] = {}

    def read(self, chunks: Iterable[bytes]) -> Iterator[HealthTopic]:
        """Yield each topic of the file when its end has been read from `chunks`, the file's bytes.

        Raises SourceError if the XML is damaged, forbidden or not in the NLM's format.
        """
        parser = self._parser()
        fed = 0
        try:
            for chunk in chunks:
                fed += len(chunk)
                parser.Parse(chunk, False)
                if fed - parser.CurrentByteIndex > LONGEST_TAG:
                    raise SourceError(f"{self.name}: has a tag of more than {LONGEST_TAG:,} bytes")
                yield from self._taken()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            problem = expat.ErrorString(error.code)
            where = f"line {error.lineno}, column {error.offset + 1}"
            raise SourceError(f"{self.name}: is no whole XML file: {problem}, at {where}") from None
        except (LookupError, ValueError):  # an encoding that there is not
            raise SourceError(f"{self.name}: is in an encoding that cannot be read") from None
        yield from self._taken()

    def _taken(self) -> Iterator[HealthTopic]:
        done, self._done = self._done, []
        yield from done

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.UnparsedEntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.SkippedEntityHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        return parser

    def _doctype(self, root: str, system: str | None, _: str | None, internal: int) -> None:
        if internal:
            raise SourceError(f"{self.name}: declares a document type of its own, which is refused")
        if root != "health-topics" or not _DTD.fullmatch(system or ""):
            raise SourceError(f"{self.name}: names a document type that is not the NLM's")

    def _entity(self, *_: object) -> int:
        raise SourceError(f"{self.name}: declares or uses an entity, which is refused")

    def _start(self, name: str, given: dict[str, str]) -> None:
        self._open.append(name)
        depth = len(self._open)
        if depth > MOST_DEPTH:
            raise SourceError(f"{self.name}: has more than {MOST_DEPTH} elements within each other")
        if depth == 1:
            self._root(name, given)
        elif depth == 2:
            self._topic(name, given)
        else:
            self._link = given if depth == 3 or name == "descriptor" else self._link
            self._text, self._length = [], 0

    def _root(self, name: str, given: dict[str, str]) -> None:
        if name != "health-topics":
            raise SourceError(f"{self.name}: begins with <{name[:40]}>, not with <health-topics>")
        self.total = given.get("total", "")
        self.generated = given.get("date-generated", given.get("dategenerated", ""))

    def _topic(self, name: str, given: dict[str, str]) -> None:
        if name != "health-topic":
            raise SourceError(
                f"{self.name}: holds <{name[:40]}> where a <health-topic> is expected"
            )
        lacking = next((key for key in _NEEDED if not given.get(key, "").strip()), None)
        if lacking:
            which = given.get("id") or given.get("title") or "without a name"
            raise SourceError(f'{self.name}: topic {which[:60]} has no "{lacking}"')
        if given["id"] in self._ids:
            raise SourceError(f"{self.name}: two topics have the id {given['id'][:60]}")
        self._ids.add(given["id"])
        self._record = HealthTopic(
            id=given["id"].strip(),
            title=given["title"],
            url=given["url"].strip(),
            language=given["language"].strip(),
            created=given.get("date-created", ""),
            description=given.get("meta-desc", ""),
        )

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > MOST_TEXT:
            raise SourceError(f"{self.name}: has more than {MOST_TEXT:,} characters in one element")
        self._text.append(text)

    def _end(self, name: str) -> None:
        self._open.pop()
        text, self._text, self._length = "".join(self._text), [], 0
        record = self._record
        if record is None:
            return
        if len(self._open) == 1:
            self._done.append(record)
            self._record = None
        elif name == "full-summary" and len(self._open) == 2:
            record.summary = text
        else:
            self._take(record, name, " ".join(text.split()))

    def _take(self, record: HealthTopic, name: str, text: str) -> None:
        link = self._link
        if name in ("also-called", "see-reference"):
            record.other_names.append(text)
        elif name == "group":
            record.groups.append(text)
        elif name == "descriptor":
            record.mesh.append(link.get("id") or text)
        elif name == "language-mapped-topic":
            problem = (link.get("id", ""), link.get("url", ""), link.get("language", ""))
            record.mapped.append(problem)
        elif name == "primary-institute":
            record.institute = text
        elif name == "related-topic":
            record.related.append(text)
        elif name == "site":
            record.sites.append(f"{link.get('title', '')} ({link.get('url', '')})")
        elif name == "other-language":
            record.elsewhere.append(link.get("vernacular-name", "") or text)
        elif name not in _SILENT:
            record.unknown[name] += 1
