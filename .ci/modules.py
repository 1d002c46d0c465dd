"""Writes docs/modules.md: every module with the first paragraph of its docstring.

`python3 dev.py modules` makes it anew; a test holds that it is as the modules are.
"""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "docs" / "modules.md"
TITLE = """# Every module, in a line

Made from the modules' docstrings by `python3 dev.py modules`. How they work together, and which to
open for what: [architecture.md](architecture.md).
"""


def text() -> str:
    """Return the page: a heading for each package, a line for each of its modules."""
    lines = [TITLE]
    for folder in sorted({file.parent for file in (ROOT / "kiosk").rglob("*.py")}):
        files = sorted(folder.glob("*.py"), key=lambda file: (file.stem != "__init__", file.stem))
        package = folder.relative_to(ROOT).as_posix()
        lines.append(f"## {package}\n")
        for file in files:
            head = (ast.get_docstring(ast.parse(file.read_text("utf-8"))) or "").split("\n\n")[0]
            if head and file.stem == "__init__":
                lines.append(f"{' '.join(head.split())}\n")
            elif head:
                lines.append(f"- `{file.stem}`: {' '.join(head.split())}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
