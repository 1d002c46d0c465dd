"""Exchange the policy, readers and messages of alarms with a translator, as a table.

The table goes out, and the same table is taken over into the files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from os.path import lexists
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.fast_dataclass import replace
from kiosk.file_access import read_file
from kiosk.library.checks.rules import LIBRARY_RULES
from kiosk.library.checks.translations import differs
from kiosk.library.pack.atomic_file import write_whole
from kiosk.library.problem import Problem, visible
from kiosk.library.source.alarms_file import FILE
from kiosk.library.source.draft import Draft
from kiosk.library.source.load import TreeLoader
from kiosk.library.source.schema.library_schema import PolicyModel
from kiosk.library.source.schema.validation import read_model
from kiosk.library.translation.export import rows_outside
from kiosk.library.translation.library_files import alarms_text, policy_text, readers_text
from kiosk.library.translation.library_items import (
    READERS_FILE,
    SUBJECT,
    file_of,
    library_hashes,
    library_state,
    source_language,
)
from kiosk.library.translation.sorted_rows import SortedRows
from kiosk.library.translation.state import Translation
from kiosk.library.translation.table import TableError, TranslationRow
from kiosk.library.translation.take_over import TakenOver
from kiosk.library.translation.write import NewTranslation


def library_rows(
    library: Draft, language: str, *, to_do: bool = False
) -> Iterator[tuple[str, ...]]:
    """Yield the cells of a row for each text that is shown outside of topics, file by file."""
    state = library_state(library, language)
    return rows_outside(SUBJECT, language, state, state.texts, {}, to_do=to_do)


def take_over_library(
    rows: list[TranslationRow], library: Draft, language: str, root: Path, *, write: bool = True
) -> TakenOver:
    """Write the translations of what is outside of topics (policy, readers, messages of alarms)
    that a translator's table brings into the content files, all of them or none.

    Raises TableError with every reason against the table.

    Args:
        rows: the table.
        library: all that is in the content directory.
        language: the one translated into.
        root: the content directory.
        write: False to return only what would be done.
    """
    _refuse_unread(rows, library, language, root)
    state = library_state(library, language)
    table = SortedRows(rows, state)
    new = dict(table.new_items())
    for id_, change in new.items():
        for key, text in change.item.texts.items():
            if why := differs(text, change.texts[key], source_language(library, id_), language):
                table.reasons.append(visible(f"Row {table.row_of[id_]}: {id_}, {key}: {why}"))
    if table.reasons:
        raise TableError(table.reasons)
    files = _files(library, state, language, root, new)
    before = {problem for rule in LIBRARY_RULES for problem in rule(library)}
    if reasons := [p for p in _problems(library, root, files) if p not in before]:
        raise TableError(str(problem) for problem in reasons)
    for path, text in files.items() if write else ():
        path.parent.mkdir(exist_ok=True)
        write_whole(path, text.encode("utf-8"))
    lost = tuple(id_ for file, id_ in state.lost if root / file in files)
    return TakenOver(tuple(new), tuple(table.left), table.empty, lost, tuple(files), ())


def _refuse_unread(rows: list[TranslationRow], library: Draft, language: str, root: Path) -> None:
    """Raise TableError while a file that the rows change cannot be read whole.

    What is not read of it counts as not there, and would be written over.
    """
    ids = (row.id.split("/", 3)[2] for row in rows if row.translation)
    reasons = []
    for path in dict.fromkeys(root / file_of(id_, language) for id_ in ids):
        name = f"{library.name}/{path.relative_to(root).as_posix()}"
        data = library.files.get(name)
        is_policy = data is not None and path.parent != root
        is_whole = not is_policy or not read_model(PolicyModel, dict(data or {}), name).problems
        if lexists(path) and (name in library.unread or not is_whole):
            message = f"{name} cannot be read whole, so nothing is written into it"
            reasons.append(f"{message}: mend what `kiosk check` says of it, then import again.")
    if reasons:
        raise TableError(reasons)


def _files(
    library: Draft,
    state: Translation,
    language: str,
    root: Path,
    new: Mapping[str, NewTranslation],
) -> dict[Path, str]:
    """Return the text that each changed file will have."""
    made: dict[Path, str] = {}
    for name in dict.fromkeys(file_of(id_, language) for id_ in new):
        path = root / name
        text = path.read_text("utf-8") if path.exists() else ""
        changes = {id_: each for id_, each in new.items() if file_of(id_, language) == name}
        if name == READERS_FILE:
            made[path] = readers_text(text, language, changes)
        elif name == FILE:
            made[path] = alarms_text(text, language, source_language(library, "call"), changes)
        else:
            items = {id_: i for id_, i in state.items.items() if file_of(id_, language) == name}
            hashes = library_hashes(library, language)
            made[path] = policy_text(text, items, state.texts, hashes, changes)
    return made


def _problems(library: Draft, root: Path, files: Mapping[Path, str]) -> Iterator[Problem]:
    """Yield the problems that the library will have: what is around its topics is read aside."""
    with TemporaryDirectory() as aside:
        copy = Path(aside) / library.name
        kept = [root / "library.toml", root / READERS_FILE, root / FILE, root / "glossary.toml"]
        kept += [*root.glob("interface/*.toml"), *root.glob("policy/*.toml"), *files]
        for path in dict.fromkeys(kept):
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            if path in files or path.exists():
                target.write_bytes(files[path].encode() if path in files else read_file(path))
        tree = TreeLoader(copy)
        made = tree.draft()
        after = replace(library, library=replace(
            library.library, readers=made.library.readers, policies=made.library.policies,
            alarms=made.library.alarms, words=made.library.words,
        ), alarm_rules=made.alarm_rules, files={**library.files, **made.files})  # fmt: skip
        yield from tree.problems
        for rule in LIBRARY_RULES:
            yield from rule(after)
