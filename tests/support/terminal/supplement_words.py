"""Words of supplements, which may be on no terminal before the cautions."""

from __future__ import annotations

import re

SUPPLEMENT_WORDS = re.compile(
    r"zinc|glutamine|probiotic|psyllium|ispaghula|turmeric|curcumin|aloe|enzyme|\d\s*mg\b|billion",
    re.IGNORECASE,
)
