"""Nested structure tags for a PDF that fpdf2 draws, by which screen readers find lists with their
items, and tables with their rows and cells.

fpdf2 itself tags only figures, side by side. This module replaces its private tree of structure by
one whose elements hold others; that is why fpdf2 is pinned to a minor version. A test reads the
tags back with Poppler.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fpdf import FPDF
from fpdf.structure_tree import StructElem, StructureTreeBuilder
from fpdf.syntax import PDFObject


class _Element(StructElem):
    """An element with attributes, such as which cells a heading of a table is for."""

    __slots__ = ("a",)

    def __init__(self, tag: str, parent: StructElem, kids: list[int], page: int, a: str) -> None:
        super().__init__(tag, parent, kids, page)
        self.a = a or None


class NestedTags(StructureTreeBuilder):
    """The tree of a PDF's structure tags, which screen readers follow; put into the place of
    fpdf2's `struct_builder`, it lets tags stand inside others.
    """

    def __init__(self) -> None:
        super().__init__()
        self._elements: list[StructElem] = []
        self._open = [self.doc_struct_elem]
        self._marked: Counter[int] = Counter()

    def begin(self, pdf: FPDF, tag: str, *, attributes: str = "", marks: bool = False) -> int:
        """Open an element inside the one that is open; return the number of its content, if any."""
        number = self._marked[pdf.page]
        parent = self._open[-1]
        element = _Element(tag, parent, [number] if marks else [], pdf.page, attributes)
        element.pg = pdf.pages[pdf.page]  # type: ignore[assignment]
        parent.k.append(element)
        self._elements.append(element)
        self._open.append(element)
        if marks:
            self._marked[pdf.page] += 1
            ids = self.spid_per_page_number
            page = pdf.pages[pdf.page]
            page.struct_parents = ids.setdefault(pdf.page, len(ids))
            self.struct_tree_root.parent_tree.nums[page.struct_parents].append(element)
        return number

    def end(self) -> None:
        """Close the element that is open."""
        self._open.pop()

    def __iter__(self) -> Iterator[PDFObject]:
        """Every object of the tree, its root first."""
        yield self.struct_tree_root
        yield self.doc_struct_elem
        yield self.struct_tree_root.parent_tree
        yield from self._elements


def _tags(pdf: FPDF) -> NestedTags:
    tags = pdf.struct_builder
    assert isinstance(tags, NestedTags)
    return tags


@contextmanager
def inside(pdf: FPDF, tag: str, attributes: str = "") -> Iterator[None]:
    """Context manager: tags of a PDF that are made within become children of a new `tag` element,
    such as the items of a list. The pages may turn within.
    """
    _tags(pdf).begin(pdf, tag, attributes=attributes)
    yield
    _tags(pdf).end()


@contextmanager
def tagged(pdf: FPDF, tag: str, attributes: str = "") -> Iterator[None]:
    """Context manager: what is drawn in a PDF within, all on one page, gets the structure tag
    `tag`, such as `/P` for a paragraph.
    """
    number = _tags(pdf).begin(pdf, tag, attributes=attributes, marks=True)
    pdf._out(f"{tag} <</MCID {number}>> BDC")
    yield
    pdf._out("EMC")
    _tags(pdf).end()


@contextmanager
def untagged(pdf: FPDF) -> Iterator[None]:
    """Context manager: what is drawn in a PDF within is marked as decoration (an artifact), which
    screen readers leave out.
    """
    pdf._out("/Artifact BMC")
    yield
    pdf._out("EMC")
