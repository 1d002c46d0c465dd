"""Words of supplements, which may be on no terminal before the cautions."""

from __future__ import annotations

import re

OPEN_WITH_WARNINGS = frozenset({"psyllium", "ispaghula"})
"""Those that may be on the open side, where their warnings are: to be taken with water."""
SUPPLEMENT_WORDS = re.compile(
    r"zinc|glutamine|probiotic|psyllium|ispaghula|turmeric|curcumin|aloe|enzyme|\d\s*mg\b|billion",
    re.IGNORECASE,
)
