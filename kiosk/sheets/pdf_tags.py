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
    """Structure tree of a PDF whose elements may stand inside each other; takes the place of
    fpdf2's `struct_builder` in a document.
    """

    def __init__(self) -> None:
        super().__init__()
        self._elements: list[StructElem] = []
        self._open = [self.doc_struct_elem]
        self._marked: Counter[int] = Counter()

    def begin(self, pdf: FPDF, tag: str, *, attributes: str = "", marks: bool = False) -> int:
        """Open an element, such as `/L`, inside the one that is open. `marks`: whether content is
        drawn in it directly; then return the number that marks the content on its page (MCID), else
        a number of no meaning.
        """
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
        """Close the element that was opened last, so that its parent is the open one again."""
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
    """Context manager: open an element of a PDF's structure, such as a list, around the elements
    that the `with` block makes, also over several pages. Content itself is drawn with `tagged`.
    """
    _tags(pdf).begin(pdf, tag, attributes=attributes)
    yield
    _tags(pdf).end()


@contextmanager
def tagged(pdf: FPDF, tag: str, attributes: str = "") -> Iterator[None]:
    """Context manager: tag what the `with` block draws, all on one page, as one element of the
    PDF's structure, such as a paragraph (`/P`).
    """
    number = _tags(pdf).begin(pdf, tag, attributes=attributes, marks=True)
    pdf._out(f"{tag} <</MCID {number}>> BDC")
    yield
    pdf._out("EMC")
    _tags(pdf).end()


@contextmanager
def untagged(pdf: FPDF) -> Iterator[None]:
    """Context manager: mark what the `with` block draws as decoration, which screen readers pass
    over.
    """
    pdf._out("/Artifact BMC")
    yield
    pdf._out("EMC")
