"""Bytes -> text that can be stored, printed and measured by code points.

Takes   the bytes of a page, its media type and what charset the transport or a mark declared.
Gives   text without NULs, lone surrogates or control characters; line ends are `\\n`.
Needs   the standard library.
Limits  mojibake made by somebody else is kept as it stands; no normal form is applied, since spans are over what is printed.
"""

from __future__ import annotations

import codecs
import re

# What browsers read when a page says otherwise (WHATWG Encoding, 2024): the label is a superset's old name.
BROWSER_NAMES = {
    "iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "shift_jis": "cp932",
    "x-sjis": "cp932", "tis-620": "cp874", "unicode": "utf-16", "utf8": "utf-8", "macintosh": "mac-roman",
}  # fmt: skip

NO_CHARSETS = frozenset(("idna", "punycode", "utf_7", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))

META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"^\s{0,20}<\?xml[^>]{0,100}encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)

# Control and format characters that print nothing, and spaces that look like the common one.
DROPPED = (
    *range(9), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD, 0x180E, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F),
    0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xFFF9, 0xFFFA, 0xFFFB, 0xFFFE, 0xFFFF,
)  # fmt: skip
SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u1680"
BREAKS = "\x0b\x0c\x85\u2028\u2029"
PRINTED = {**dict.fromkeys(map(chr, DROPPED), ""), **dict.fromkeys(SPACES, " "), **dict.fromkeys(BREAKS, "\n")}
UNPRINTED = re.compile("[" + "".join(map(re.escape, PRINTED)) + "\ud800-\udfff]")


def text_from_bytes(body: bytes, *, charset: str | None, html: bool) -> str:
    """Decode by the first of these that holds: a mark, the declared charset, the page's own, UTF-8, Windows-1252.

    A declaration that the bytes contradict loses: UTF-8 that decodes is UTF-8 whatever the page says, for nothing else decodes as it by chance.
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if body.startswith(mark) and charset not in ("utf-32-le", "utf-32-be"):
            return printed(body[len(mark) :].decode(name, "replace"))
    return printed(_decoded(body, [charset, *(_declared(body) if html else [])]))


def _decoded(body: bytes, declared: list[str | None]) -> str:
    names = [name for name in map(_python_name, declared) if name]
    wide = [name for name in names if name.startswith(("utf-16", "utf-32"))]
    for name in [*(w for w in wide if b"\0" in body[:1000]), "utf-8"]:
        try:
            return body.decode(name)
        except UnicodeDecodeError as error:
            # UTF-8 with a rare broken byte is still UTF-8: a cut at the end, an advertisement in another charset
            if name == "utf-8" and _mostly_utf8(body, error):
                return body.decode(name, "replace")
    for name in names:
        if name not in wide and name != "utf-8":
            return body.decode(name, "replace")
    return body.decode("cp1252", "replace") if not names or "utf-8" not in names else body.decode("utf-8", "replace")


def _mostly_utf8(body: bytes, error: UnicodeDecodeError) -> bool:
    """Whole multi-byte characters outnumber the broken ones by twenty to one, or only the last one is cut."""
    if error.start >= len(body) - 3 and error.start > 0 and any(byte >= 0x80 for byte in body[: error.start]):
        return True
    sample = body[: 1 << 20]
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    whole = sum(sample.count(lead) for lead in (b"\xe2\x80", b"\xc3", b"\xc2", b"\xd0", b"\xd1", b"\xe3", b"\xd8", b"\xd9"))
    return whole > 20 * broken


def _declared(body: bytes) -> list[str | None]:
    head = body[:4096]
    found = [XML_CHARSET.search(head), META_CHARSET.search(head)]
    return [match.group(1).decode("ascii").lower() for match in found if match]


def _python_name(charset: str | None) -> str | None:
    """The codec that a declared charset means to a browser; None when it names no text encoding that we know."""
    if not charset:
        return None
    name = BROWSER_NAMES.get(charset.lower(), charset.lower())
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # refuses codecs that are no charsets, such as base64 and rot13
    except (LookupError, ValueError):
        return None
    return None if found.name.replace("-", "_") in NO_CHARSETS else found.name


def printed(text: str) -> str:
    """Take out what prints nothing, and give every kind of space and line end its common form."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNPRINTED.sub(lambda met: PRINTED.get(met.group(), "\ufffd"), text)
