"""Lines of a card -> a picture that any browser shows, on light and dark grounds alike.

Takes   the lines of `card`, and the width in cells that they were set at.
Gives   SVG text: the same for the same lines, whatever version of rich drew them; no font or script is fetched.
Needs   rich, to tell which style each run of characters has.
Limits  fonts are the reader's own; every run is stretched to its cells, so columns line up in all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

_CELL, _LINE, _SIZE, _MARGIN = 8.4, 20, 14, 20
_BAR = "▎"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<style>
.ground {{ fill: #ffffff; stroke: #d0d7de; }}
text {{ font: {size}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2328; white-space: pre; }}
.bold {{ font-weight: 700; }}
.dim {{ fill: #6e7781; }}
.italic {{ font-style: italic; }}
@media (prefers-color-scheme: dark) {{
  .ground {{ fill: #0d1117; stroke: #30363d; }}
  text {{ fill: #e6edf3; }}
  .dim {{ fill: #8b949e; }}
}}
</style>
<rect class="ground" x="0.5" y="0.5" width="{inner_width}" height="{inner_height}" rx="8"/>
"""


def svg(lines: Sequence[Text], *, width: int, title: str) -> str:
    """Draw `lines`, `width` cells wide, under a `title` that screen readers speak."""
    across, down = round(2 * _MARGIN + width * _CELL), 2 * _MARGIN + len(lines) * _LINE
    head = _HEAD.format(
        width=across, height=down, inner_width=across - 1, inner_height=down - 1, size=_SIZE, title=escape(_NOT_XML.sub("\ufffd", title))
    )
    drawn = (run for row, line in enumerate(lines) for run in _line(line, _MARGIN + row * _LINE))
    return head + "\n".join([*drawn, "</svg>\n"])


def _line(line: Text, top: int) -> Iterator[str]:
    column = 0
    for words, style in _runs(line):
        cells = cell_len(words)
        left = _MARGIN + column * _CELL
        column += cells
        bare = words.strip(" ")
        if bare == _BAR:
            yield f'<rect x="{left:g}" y="{top}" width="3" height="{_LINE}"{_fill(style)}/>'
        elif bare:
            left += (len(words) - len(words.lstrip(" "))) * _CELL
            names = " ".join(n for n in ("bold", "dim", "italic") if getattr(style, n))
            named = f' class="{names}"' if names else ""
            said = escape(_NOT_XML.sub("\ufffd", bare), quote=False)
            length = f"{cell_len(bare) * _CELL:g}"
            yield f'<text x="{left:g}" y="{top + 15}" textLength="{length}"{named}{_fill(style)}>{said}</text>'


def _fill(style: Style) -> str:
    return f' style="fill: {style.color.get_truecolor().hex}"' if style.color else ""


def _runs(line: Text) -> Iterator[tuple[str, Style]]:
    """Give neighbouring characters of one style."""
    console = Console(color_system="truecolor", force_terminal=True, width=1000, legacy_windows=False)
    for segment in Text.assemble(line).render(console):
        if segment.text:
            yield segment.text, segment.style or Style.null()
