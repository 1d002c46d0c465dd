"""Convert schema models of authors' files, item by item, to the frozen objects of `kiosk.core`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.core import content as core
from kiosk.core import evidence
from kiosk.core import wording as wordings
from kiosk.core.library import Policy, Reader
from kiosk.library.source.draft import EvidenceSides
from kiosk.library.source.schema import (
    evidence_schema,
    library_schema,
    section_schema,
    topic_schema,
)


def wording(words: topic_schema.WordedModel) -> wordings.Wording:
    """Return the core's Wording of a schema model, which has a text for all three levels."""
    return wordings.Wording(words.plain or "", words.everyday or "", words.professional or "")


def _maybe(words: topic_schema.WordedModel | None) -> wordings.Wording | None:
    return None if words is None else wording(words)


def claim(item: topic_schema.ItemModel) -> core.Claim:
    """Return the core's Claim of a schema model of a claim, or of another fact such as a gap."""
    made = core.Claim(item.id, tuple(item.rests_on), wording(item))
    if not isinstance(item, topic_schema.ClaimModel):
        return made
    return core.Claim(
        made.id,
        made.rests_on,
        made.wording,
        _maybe(item.heading),
        _maybe(item.verdict),
        item.key,
        tuple(wordings.Level(level) for level in item.new_screen),
        item.ours,
        tuple(item.explains),
        _maybe(item.columns),
        None if item.urgent is None else wordings.Urgency(item.urgent),
    )


def _claims(items: Iterable[topic_schema.ItemModel]) -> tuple[core.Claim, ...]:
    return tuple(claim(item) for item in items)


def caution(item: topic_schema.CautionModel) -> core.Caution:
    """Return the core's Caution, with a second wording for a reader who was not sure."""
    again = wordings.Wording(
        item.plain_again or "", item.everyday_again or "", item.professional_again or ""
    )
    return core.Caution(item.id, wording(item.title), tuple(item.rests_on), wording(item), again)


def section(file: section_schema.SectionModel, sides: Mapping[str, EvidenceSides]) -> core.Section:
    """Return the core's Section of a section's file.

    `sides` has the entries of evidence.toml on disagreements by id: the section's disagreements
    get their statements from these.
    """
    return core.Section(
        id=file.id,
        title=wording(file.title),
        claims=_claims(file.claim),
        pictures=tuple(
            core.Picture(p.id, p.art.strip("\n"), wording(p.words), p.after or "")
            for p in file.picture
        ),
        disagreements=tuple(
            _disagreement(d, sides.get(d.id, EvidenceSides())) for d in file.disagreement
        ),
        both_true=tuple(
            core.BothTrue(
                b.id,
                wording(b.about),
                wording(b.because),
                sides.get(b.id, EvidenceSides()).one_side,
            )
            for b in file.both_true
        ),
        gaps=_claims(file.gap),
        products=tuple(_product(p) for p in file.product),
        requires=tuple(file.requires or ()),
        offers=tuple(file.offers),
        urgent=tuple(_urgent(u) for u in file.urgent),
        tables=tuple(_table(t) for t in file.table),
        choose=_maybe(file.choose),
        opens=file.opens or "",
    )


def _urgent(item: section_schema.UrgentModel) -> core.UrgentSigns:
    when = wordings.Urgency(item.when)
    return core.UrgentSigns(item.id, when, wording(item.title), tuple(item.rests_on), wording(item))


def _table(item: section_schema.TableModel) -> core.Table:
    rows = tuple(core.TableRow(tuple(row.cells), tuple(row.rests_on)) for row in item.row)
    levels = tuple(wordings.Level(level) for level in item.levels)
    return core.Table(item.id, item.title, levels, tuple(item.columns), rows)


def _product(item: section_schema.ProductModel) -> core.Product:
    return core.Product(
        item.id,
        wording(item.name),
        _claims(item.note),
        _claims(item.claim),
        _claims(item.gap),
        claim(item.bottom_line) if item.bottom_line else None,
        claim(item.action) if item.action else None,
    )


def glossary_word(item: library_schema.GlossaryWordModel) -> core.GlossaryWord:
    """Return the core's GlossaryWord: a hard word and its meaning, which is empty at a level that
    needs none.
    """
    meaning = wordings.Wording(item.plain or "", item.everyday or "", item.professional or "")
    return core.GlossaryWord(item.id, tuple(item.term), meaning)


def _disagreement(
    item: section_schema.DisagreementModel, sides: EvidenceSides
) -> core.Disagreement:
    return core.Disagreement(
        item.id,
        wording(item.about),
        wording(item.one),
        wording(item.other),
        wording(item.finding),
        sides.one_side,
        sides.other_side,
    )


def sides_of(file: evidence_schema.EvidenceModel) -> dict[str, EvidenceSides]:
    """Return the entries of evidence.toml on disagreements and on apparent ones (`both-true`), by
    id.
    """
    sides = {
        d.id: EvidenceSides(tuple(d.one), tuple(d.other), f"{d.about}\n{d.finding}", d.supplement)
        for d in file.disagreement
    }
    together = {
        b.id: EvidenceSides(tuple(b.statements), (), f"{b.about}\n{b.because}")
        for b in file.both_true
    }
    return together | sides


def statements(file: evidence_schema.EvidenceModel) -> tuple[evidence.Statement, ...]:
    """Return the statements of evidence.toml; one that is overtaken names the newer statements."""
    overtaken = {entry.statement: entry for entry in file.supersedes}
    return tuple(_statement(item, overtaken.get(item.id)) for item in file.statement)


def _statement(
    item: evidence_schema.StatementModel, overtaken: evidence_schema.SupersedesModel | None
) -> evidence.Statement:
    """One statement. Why it is overtaken is left out where that speaks of a supplement and it does
    not: it can be read before the cautions."""
    given = dict(vars(item))  # model_dump takes nine times as long, and all of it is plain
    given |= {
        "strand": evidence.SourcePart(item.strand),
        "checked": evidence.CheckResult(item.checked),
    }
    if overtaken is not None:
        given["superseded_by"] = tuple(overtaken.by)
        hides = overtaken.supplement and not item.supplement
        given["superseded_note"] = "" if hides else overtaken.note
    return evidence.Statement(**given)


def reference(item: evidence_schema.ReferenceModel) -> evidence.Reference:
    """Return the core's Reference: a paper that evidence.toml lists."""
    return evidence.Reference(
        tuple(item.cited_as), item.certainty, item.work, item.kind,
        item.written_for, item.written_for_short or item.written_for,
    )  # fmt: skip


def document(item: evidence_schema.DocumentModel) -> evidence.Document:
    """Return the core's Document: a source document that evidence.toml lists."""
    return evidence.Document(**vars(item))


def reader(item: library_schema.ReaderModel) -> Reader:
    """Return the core's Reader: one answer to "Which best describes you?", with the level it leads
    to.
    """
    return Reader(item.id, wordings.Level(item.level), dict(item.label), dict(item.note))


def policy(file: library_schema.PolicyModel) -> Policy:
    """Return the core's Policy: the title and the parts of the editorial policy in one language."""
    return Policy(file.title, policy_parts(file.part))


def policy_parts(parts: Iterable[library_schema.PolicyPartModel]) -> tuple[core.PolicyPart, ...]:
    """Return the titled parts of an editorial policy as objects of the core."""
    return tuple(core.PolicyPart(part.title, wording(part)) for part in parts)
