"""Imports the NLM's file of MedlinePlus topics into a copy of a library, as a content tree or a
pack, whole or not at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TextIO

from kiosk.errors import SourceError
from kiosk.importers.medlineplus.archive import chunks
from kiosk.importers.medlineplus.destination import Destination
from kiosk.importers.medlineplus.losses import LossReport
from kiosk.importers.medlineplus.record import HealthTopic
from kiosk.importers.medlineplus.screening import Screener
from kiosk.importers.medlineplus.topic_files import slug_of, topic_files
from kiosk.importers.medlineplus.xml_reader import TopicReader
from kiosk.library.pack.build import build_pack
from kiosk.library.problem import Problem
from kiosk.library.source.parsing.toml_file import read_toml

REPORT = "import-report.txt"
_NAMES = {"en": "English", "es": "Spanish"}


def import_medlineplus(
    file: Path, output: Path, base: Path, language: str | None, themes: Path | None, out: TextIO
) -> None:
    """Import the topics of `file` into a copy of the library `base` and write the copy to `output`.

    It is a content tree, or a pack if `output` ends in .pack. What was left out is listed in a
    report file in the tree or next to the pack. `output` is not made if SourceError, OSError or,
    for a pack whose content has problems, ContentError is raised.

    Args:
        file: the NLM's file of topics.
        output: the directory, empty or not yet there, or the pack to write.
        base: the library that is copied.
        language: the only language to import; None for all that the library has.
        themes: the directory of color themes to put into a pack; None for no themes.
        out: where the summary of the import is printed.
    """
    is_pack = output.suffix == ".pack"
    if not is_pack and output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise SourceError(f"{output}: is there already, and is not empty")
    if not output.absolute().parent.is_dir():
        raise SourceError(f"{output}: there is no directory {output.absolute().parent}")
    _import(file, output, Destination(base), language, themes, out, is_pack=is_pack)


def _import(
    file: Path,
    output: Path,
    target: Destination,
    language: str | None,
    themes: Path | None,
    out: TextIO,
    *,
    is_pack: bool,
) -> None:
    if language and not target.has_words(language):
        raise SourceError(f"{target.base}: has no words in {_NAMES.get(language, language)}")
    wanted = {code for code in _NAMES if target.has_words(code) and language in (None, code)}
    with tempfile.TemporaryDirectory(
        prefix=f".{output.name}.", dir=output.absolute().parent
    ) as folder:
        tree = Path(folder) / "content"
        target.copy(tree)
        with (tree / REPORT).open("w", encoding="utf-8") as report:
            account = LossReport(report)
            _Import(target, tree, wanted, account).run(file, out)
        account.report(out)
        where = output.with_name(f"{output.name}.{REPORT}") if is_pack else output / REPORT
        if is_pack:
            build_pack(tree, themes, output)
            shutil.copyfile(tree / REPORT, where)
        else:
            tree.rename(output)
    print(f"Each of them is listed in {where}.", file=out)


class _Import:
    def __init__(
        self, target: Destination, tree: Path, wanted: set[str], account: LossReport
    ) -> None:
        self._target, self._tree = target, tree
        self._wanted, self._account = wanted, account
        self._gate = Screener(target.terms)
        words = read_toml(Path(__file__).with_name("words.toml"), "words.toml")
        if isinstance(words, Problem):
            raise SourceError(str(words))
        self._words: Mapping[str, Mapping[str, str]] = words
        self._names: dict[str, str] = {}
        """The page that each id stands for, so that no two topics share one."""
        self._imported: dict[str, None] = {}
        self._passed: Counter[str] = Counter()

    def run(self, file: Path, out: TextIO) -> None:
        topics = TopicReader(str(file))
        read, made = 0, Counter[str]()
        with chunks(file) as pieces:
            for record in topics.read(pieces):
                read += 1
                if self._take(record, topics.generated):
                    made[record.code] += 1
        if not topics.total.isdecimal() or int(topics.total) != read:
            said = f"the file says that it has {topics.total or 'none'}, and has {read}"
            self._account.lose("the file", "topics", said)
        if not made:
            raise SourceError(f"{file}: holds no topic that can be imported")
        self._target.list_topics(self._tree, list(self._imported))
        counts = ", ".join(f"{count:,} in {_NAMES[code]}" for code, count in sorted(made.items()))
        print(f"{read:,} topics read: {counts}.", file=out)
        for code, count in sorted(self._passed.items()):
            why = "was not asked for"
            if not self._target.has_words(code):
                why = f"{self._target.base} has no words in that language"
            print(f"{count:,} in {_NAMES[code]} not imported: {why}.", file=out)

    def _take(self, record: HealthTopic, generated: str) -> bool:
        code = record.code
        page = f"{slug_of(record.url) or record.id} ({code or record.language[:20]})"
        if not code:
            self._account.lose(page, "topic left out", f'language "{record.language[:20]}"')
            return False
        if code not in self._wanted:
            self._passed[code] += 1
            self._account.lose(page, "topic in a language not imported", record.title)
            return False
        id_ = self._id(record)
        folder = self._target.folder(self._tree, id_, code)
        if (folder / "topic.toml").exists():
            self._account.lose(page, "topic left out", f"{id_} is imported already in {code}")
            return False

        def lose(kind: str, item: str) -> None:
            self._account.lose(page, kind, item)

        files = topic_files(record, id_, generated, self._words[code], self._gate, lose)
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        if files:
            self._imported[id_] = None
        return bool(files)

    def _id(self, record: HealthTopic) -> str:
        """Return the topic's id, equal in each language: by the English page where there is one."""
        number, url = record.english or (record.id, record.url)
        name = slug_of(url) or f"topic-{number}"[:48]
        if record.english is None:
            name = f"{name}-{record.code}"
        taken = name in self._target.topics or self._names.setdefault(name, number) != number
        if taken or (self._target.base / name).exists():
            from_id = "".join(c for c in number.lower() if c.isascii() and c.isalnum())[:12]
            name = f"{name}-{from_id}"
            self._names.setdefault(name, number)
        return name
