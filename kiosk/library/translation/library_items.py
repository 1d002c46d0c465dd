"""Translate what is shown outside of topics: the policy, the readers, the messages of alarms.

Translations stand where their sources do: in policy/es.toml, as `label.es` in readers.toml, as
`[alarm.say.es]` in urgent.toml. Each has `of`, the hash of what it translates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from kiosk.core.library import InterfaceText, Policy, Reader
from kiosk.core.wording import Level, Wording
from kiosk.fast_dataclass import dataclass, replace
from kiosk.library.problem import Problem
from kiosk.library.source import convert
from kiosk.library.source.alarms_file import FILE, AlarmsModel, SaidModel
from kiosk.library.source.draft import Draft
from kiosk.library.source.schema.library_schema import PolicyModel, ReaderModel, ReadersModel
from kiosk.library.source.schema.topic_schema import WordedModel
from kiosk.library.source.schema.validation import read_model
from kiosk.library.translation.items import SourceItem, digest_of
from kiosk.library.translation.marks import language_name, marked
from kiosk.library.translation.state import ItemState, Translation

SUBJECT = "library"
"""The word that stands in tables in the place of a topic."""
READERS_FILE = "readers.toml"
TITLE, PART, READER, ALARM = "policy title", "policy part", "reader", "alarm"
"""Items, or kinds of them: `policy part 2`, `reader easy`, `alarm choking`."""
CALLS = ("call", "call-unnumbered")
_M = TypeVar("_M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class GivenTexts:
    """A translation as it stands in its file: texts, and the hash of what they translate."""

    texts: Mapping[str, str]
    of: str
    """The hash of what it translates; empty where none was written."""
    is_sure: bool = True
    """True if more than its number among others says what it translates, where no hash does."""

    def fits(self, item: SourceItem) -> bool:
        """Return whether this translation of `item` may be shown: no sign of a change in `item`."""
        return self.of == item.digest or (self.is_sure and not self.of)


def policy_items(file: PolicyModel) -> dict[str, SourceItem]:
    """Return the title and parts of a policy as items to translate, by id.

    The hash of a part does not depend on its number, so it stays where parts are put before it.
    """
    items = {TITLE: _item(TITLE, {"title": file.title})}
    for number, part in enumerate(file.part, start=1):
        texts = {"title": part.title, **_levels(part)}
        items[f"{PART} {number}"] = _item(f"{PART} {number}", texts, PART)
    return items


def policy_given(
    file: PolicyModel, items: Mapping[str, SourceItem]
) -> tuple[dict[str, GivenTexts], list[str]]:
    """Return the texts of a translated policy by item, and the names of parts that fit no item.

    A part with a hash goes to the source part with that hash; one without goes by its place between
    others. What is left goes by order, and is not shown where other parts have hashes.
    """
    given = {TITLE: GivenTexts({"title": file.title}, file.of)}
    sources = [id_ for id_ in items if id_ != TITLE]
    by_hash = {items[id_].digest: number for number, id_ in reversed([*enumerate(sources)])}
    source_of: dict[int, int] = {}
    for index, part in enumerate(file.part):
        if part.of in by_hash:
            source_of[index] = by_hash.pop(part.of)
    ends = {-1: -1, **source_of, len(file.part): len(sources)}
    for index, part in enumerate(file.part) if source_of else ():
        before, after = max(n for n in ends if n < index), min(n for n in ends if n > index)
        number = ends[before] + index - before
        is_open = number not in source_of.values()
        if is_open and not part.of and ends[after] - number == after - index:
            source_of[index] = number
    sure = set(source_of) if any(part.of for part in file.part) else set(range(len(file.part)))
    rest = [index for index in range(len(file.part)) if index not in source_of]
    open_ = [n for n in range(len(sources)) if n not in source_of.values()]
    source_of |= zip(rest, open_, strict=False)
    for index, number in sorted(source_of.items(), key=lambda each: each[1]):
        part = file.part[index]
        texts = {"title": part.title, **_levels(part)}
        given[sources[number]] = GivenTexts(texts, part.of, index in sure)
    return given, [f'{PART} "{file.part[index].title}"' for index in rest[len(open_) :]]


def shown_policy(source: PolicyModel, own: PolicyModel, words: InterfaceText, from_: str) -> Policy:
    """Return a policy as readers of a translation see it: what is out of date or lacking, marked.

    A translation without any hash is shown as it is.

    Args:
        source: the policy that is translated.
        own: its translation.
        words: phrases of the program in the language that is read.
        from_: what the source's language calls itself.
    """
    if not own.of and not any(part.of for part in own.part):
        return convert.policy(own)
    items = policy_items(source)
    given, _ = policy_given(own, items)
    shown = {id_: _shown(item, given.get(id_), words, from_) for id_, item in items.items()}
    parts = convert.policy(source).parts
    return Policy(
        shown[TITLE]["title"],
        tuple(
            replace(part, title=texts["title"], wording=_wording(texts))
            for part, texts in zip(parts, list(shown.values())[1:], strict=True)
        ),
    )


def shown_reader(file: ReaderModel, source: str, words: Mapping[str, InterfaceText]) -> Reader:
    """Return a reader; a label whose source has changed is replaced by the source's, marked.

    Args:
        file: the reader as written.
        source: the language that is translated.
        words: phrases of the program, by language.
    """
    from_ = language_name(words.get(source), source)
    reader, item = convert.reader(file), _reader_item(file, source)
    label, note = dict(reader.label), dict(reader.note)
    for language in label.keys() & words.keys() - {source} if item else ():
        given = _reader_given(file, language)
        if item and given and not given.fits(item):
            label[language] = _shown(item, given, words[language], from_)["label"]
            note[language] = item.texts.get("note", "")  # read with its label, which is marked
    return replace(reader, label=label, note=note)


def library_languages(draft: Draft) -> list[str]:
    """Return the languages into which anything outside of topics is translated.

    Those of urgent.toml are among them, whether or not the library has these.
    """
    alarms = _read(draft, FILE, AlarmsModel)
    own = draft.library.languages
    return list(dict.fromkeys([*own[1:], *(c for c in (alarms.languages[1:] if alarms else ())
                                           if c not in own)]))  # fmt: skip


def library_state(draft: Draft, language: str) -> Translation:
    """Return which texts outside of topics are translated to a language, and from which text.

    Where the library does not have that language, only alarms are among them.
    """
    items, given, lost = _found(draft, language)
    states = {id_: _state(item, given.get(id_)) for id_, item in items.items()}
    texts = {id_: each.texts for id_, each in given.items() if id_ in items}
    return Translation(draft.library.languages[0], draft.name, items, states, lost, texts)


def library_hashes(draft: Draft, language: str) -> dict[str, str]:
    """Return, by id of each translated item, the hash of what it translates; empty without one."""
    return {id_: each.of for id_, each in _found(draft, language)[1].items()}


def library_behind(draft: Draft, language: str) -> Iterator[Problem]:
    """Warn of texts outside of topics: stale, without a hash, needless, or (policy) missing."""
    items, given, lost = _found(draft, language)
    hint = f"`kiosk translate export {SUBJECT} {language}` writes a table of it."
    unmarked: dict[str, int] = {}
    for id_, item in items.items():
        file, each = f"{draft.name}/{file_of(id_, language)}", given.get(id_)
        if each is None and id_.startswith(PART) and TITLE in given:
            yield Problem(file, f'item "{id_}"', f'not translated: "{item.texts["title"]}"', hint)
        elif each is not None and not each.of and each.is_sure:
            unmarked[file] = unmarked.get(file, 0) + 1
        elif each is not None and _state(item, each) is not ItemState.DONE:
            why = (
                "the text that it translates has changed"
                if each.of
                else "no hash says which text it is of"
            )
            message = f"{why}: {_meanwhile(draft, id_, language)}"
            yield Problem(file, f'item "{id_}"', message, hint)
    for file, count in unmarked.items():
        texts = "1 text carries" if count == 1 else f"{count} texts carry"
        message = f'{texts} no hash of what "{language}" translates'
        yield Problem(file, "", f"{message}, so nobody is told when that changes", hint)
    for file, id_ in lost:
        yield Problem(
            f"{draft.name}/{file}",
            f"item {id_}",
            "translates nothing that there is",
            "Take it out.",
        )


def file_of(id_: str, language: str) -> str:
    """Return the path, in the content directory, of the file that has an item's translation."""
    if id_.startswith("policy "):
        return f"policy/{language}.toml"
    return READERS_FILE if id_.startswith(f"{READER} ") else FILE


def source_language(draft: Draft, id_: str) -> str:
    """Return the language that an item was written in: urgent.toml has its own first one."""
    alarms = _read(draft, FILE, AlarmsModel) if file_of(id_, "") == FILE else None
    return alarms.languages[0] if alarms else draft.library.languages[0]


def _meanwhile(draft: Draft, id_: str, language: str) -> str:
    if file_of(id_, language) == FILE:
        return "it is still said as it is, because what is urgent must be understood"
    return f'readers of "{language}" see it in "{draft.library.languages[0]}", marked'


_Found = tuple[dict[str, SourceItem], dict[str, GivenTexts], tuple[tuple[str, str], ...]]


def _found(draft: Draft, language: str) -> _Found:
    """Return what there is to translate, what is translated, and what translates nothing."""
    items: dict[str, SourceItem] = {}
    given: dict[str, GivenTexts] = {}
    lost: list[str] = []
    first = draft.library.languages[0]
    is_read = language in draft.library.languages[1:]
    source = _read(draft, f"policy/{first}.toml", PolicyModel) if is_read else None
    if source is not None:
        items |= policy_items(source)
        if own := _read(draft, f"policy/{language}.toml", PolicyModel):
            given, lost = policy_given(own, items)
    readers = _read(draft, READERS_FILE, ReadersModel) if is_read else None
    for reader in readers.reader if readers else ():
        if item := _reader_item(reader, first):
            items[item.id] = item
            if own_label := _reader_given(reader, language):
                given[item.id] = own_label
    alarms = _read(draft, FILE, AlarmsModel)
    if alarms and alarms.languages[0] != language:
        for id_, said in _said(alarms):
            if alarms.languages[0] in said:
                items[id_] = _item(id_, _levels(said[alarms.languages[0]]))
                if own_words := said.get(language):
                    given[id_] = GivenTexts(_levels(own_words), own_words.of)
    return items, given, tuple((f"policy/{language}.toml", id_) for id_ in lost)


def _said(file: AlarmsModel) -> Iterator[tuple[str, Mapping[str, SaidModel]]]:
    yield from zip(CALLS, (file.call, file.call_unnumbered), strict=True)
    yield from ((f"{ALARM} {alarm.id}", alarm.say) for alarm in file.alarm)


def _read(draft: Draft, name: str, model: type[_M]) -> _M | None:
    """Return a file as its model; None where it could not be read, which is a problem by itself."""
    data = draft.files.get(f"{draft.name}/{name}")
    return read_model(model, dict(data), name).model if data is not None else None


def _reader_item(file: ReaderModel, language: str) -> SourceItem | None:
    given = _reader_given(file, language)
    return _item(f"{READER} {file.id}", given.texts) if given else None


def _reader_given(file: ReaderModel, language: str) -> GivenTexts | None:
    texts = {"label": file.label.get(language, ""), "note": file.note.get(language, "")}
    texts = {key: text for key, text in texts.items() if text}
    return GivenTexts(texts, file.of.get(language, "")) if "label" in texts else None


def _state(item: SourceItem, given: GivenTexts | None) -> ItemState:
    if given is None:
        return ItemState.NEW
    is_whole = given.texts.keys() >= item.texts.keys()
    return ItemState.DONE if is_whole and given.of == item.digest else ItemState.STALE


def _shown(
    item: SourceItem, given: GivenTexts | None, words: InterfaceText, from_: str
) -> Mapping[str, str]:
    if given is not None and given.fits(item):
        return given.texts
    state = ItemState.NEW if given is None else ItemState.STALE
    return marked(item.texts, state, words, from_)


def _item(id_: str, texts: Mapping[str, str], kind: str = "") -> SourceItem:
    return SourceItem(id_, "", False, texts, (), digest_of([kind or id_, sorted(texts.items())]))


def _levels(words: WordedModel) -> dict[str, str]:
    wording = convert.wording(words)
    return {level.value: wording.at(level) for level in Level}


def _wording(texts: Mapping[str, str]) -> Wording:
    return Wording(*(texts[level.value] for level in Level))
