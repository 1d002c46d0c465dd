"""Convert the models of the schema to the frozen objects of the core."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk.core import content as core
from kiosk.core import evidence as ledger
from kiosk.core.library import Policy, PolicyPart, Reader
from kiosk.library.source import evidence_schema, schema
from kiosk.library.source.draft import EvidenceSides


def wording(words: schema.WordedModel) -> core.Wording:
    """All three levels; the schema has seen to it that they are there."""
    return core.Wording(words.plain or "", words.everyday or "", words.professional or "")


def _maybe(words: schema.WordedModel | None) -> core.Wording | None:
    return None if words is None else wording(words)


def claim(item: schema.ItemModel) -> core.Claim:
    """A claim, a gap or a note."""
    made = core.Claim(item.id, tuple(item.rests_on), wording(item))
    if not isinstance(item, schema.ClaimModel):
        return made
    return core.Claim(
        made.id,
        made.rests_on,
        made.wording,
        _maybe(item.heading),
        _maybe(item.correction),
        item.key,
        tuple(core.Level(level) for level in item.new_screen),
        item.ours,
    )


def _claims(items: Iterable[schema.ItemModel]) -> tuple[core.Claim, ...]:
    return tuple(claim(item) for item in items)


def caution(item: schema.CautionModel) -> core.Caution:
    """A caution with its second wording."""
    again = core.Wording(
        item.plain_again or "", item.everyday_again or "", item.professional_again or ""
    )
    return core.Caution(item.id, wording(item.title), tuple(item.rests_on), wording(item), again)


def section(file: schema.SectionModel, ledger: Mapping[str, EvidenceSides]) -> core.Section:
    """A section; its disagreements get their statements from the ledger."""
    return core.Section(
        id=file.id,
        title=wording(file.title),
        claims=_claims(file.claim),
        pictures=tuple(
            core.Picture(p.id, p.art.strip("\n"), wording(p.words)) for p in file.picture
        ),
        disagreements=tuple(
            _disagreement(d, ledger.get(d.id, EvidenceSides())) for d in file.disagreement
        ),
        both_true=tuple(
            core.BothTrue(
                b.id, wording(b.about), wording(b.because), ledger.get(b.id, EvidenceSides()).one
            )
            for b in file.both_true
        ),
        gaps=_claims(file.gap),
        products=tuple(
            core.Product(p.id, wording(p.name), _claims(p.note), _claims(p.claim), _claims(p.gap))
            for p in file.product
        ),
        requires=tuple(file.requires or ()),
        offers=tuple(file.offers),
    )


def _disagreement(item: schema.DisagreementModel, sides: EvidenceSides) -> core.Disagreement:
    return core.Disagreement(
        item.id,
        wording(item.about),
        wording(item.one),
        wording(item.other),
        wording(item.finding),
        sides.one,
        sides.other,
    )


def sides_of(file: evidence_schema.EvidenceModel) -> dict[str, EvidenceSides]:
    """The sides of the ledger, by id."""
    sides = {
        d.id: EvidenceSides(tuple(d.one), tuple(d.other), f"{d.about}\n{d.finding}", d.supplement)
        for d in file.disagreement
    }
    together = {
        b.id: EvidenceSides(tuple(b.statements), (), f"{b.about}\n{b.because}")
        for b in file.both_true
    }
    return together | sides


def statement(item: evidence_schema.StatementModel) -> ledger.Statement:
    """One statement of the ledger."""
    given = item.model_dump(exclude={"strand", "checked"})
    return ledger.Statement(
        strand=ledger.SourcePart(item.strand), checked=ledger.CheckResult(item.checked), **given
    )


def reference(item: evidence_schema.ReferenceModel) -> ledger.Reference:
    """One paper of the ledger."""
    return ledger.Reference(
        tuple(item.cited_as), item.certainty, item.work, item.kind,
        item.written_for, item.written_for_short or item.written_for,
    )  # fmt: skip


def document(item: evidence_schema.DocumentModel) -> ledger.Document:
    """One source document of the ledger."""
    return ledger.Document(**item.model_dump())


def reader(item: schema.ReaderModel) -> Reader:
    """One answer to "Which best describes you?" """
    return Reader(item.id, core.Level(item.level), dict(item.label), dict(item.note))


def policy(file: schema.PolicyModel) -> Policy:
    """The editorial policy in one language."""
    return Policy(file.title, tuple(PolicyPart(p.title, wording(p)) for p in file.part))
