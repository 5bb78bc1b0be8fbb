"""Whatever the encoding, the text that comes out can be printed and stored."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.decode import printed, text_from_bytes

SAID = "“Naïve café” — the minister’s word"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (SAID.encode(), None),
        (SAID.encode(), "iso-8859-1"),  # the declaration is wrong: nothing else decodes as UTF-8 by chance
        (codecs.BOM_UTF8 + SAID.encode(), None),
        (SAID.encode("utf-16"), None),
        (SAID.encode("utf-16-le"), "utf-16-le"),
        (SAID.encode("utf-16-be"), "utf-16-be"),
        (SAID.encode("utf-32-le"), "utf-32-le"),
        (SAID.encode("cp1252"), None),
        (SAID.encode("cp1252"), "iso-8859-1"),  # what every browser takes Latin-1 to be
        (SAID.encode("cp1252"), "no-such-charset"),
        (SAID.encode("cp1252"), "base64"),
    ],
)
def test_the_encoding_is_found(body: bytes, charset: str | None) -> None:
    assert text_from_bytes(body, charset=charset, html=False) == SAID


@pytest.mark.parametrize(
    ("head", "codec", "words"),
    [
        ('<meta charset="windows-1251">', "cp1251", "Москва"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030", "北京"),
        ("<?xml version='1.0' encoding='koi8-r'?>", "koi8-r", "Москва"),
        ("<meta charset=euc-kr>", "euc-kr", "서울"),
    ],
)
def test_a_page_may_name_its_own_charset(head: str, codec: str, words: str) -> None:
    assert words in text_from_bytes(f"{head}<p>{words}".encode(codec), charset=None, html=True)


def test_one_broken_byte_does_not_turn_utf8_into_mojibake() -> None:
    body = ("“quoted” and “quoted again” – " * 20).encode() + b"\xff" + " “more”".encode()
    text = text_from_bytes(body, charset=None, html=False)
    assert text.count("“") == 41
    assert "â" not in text


def test_mojibake_that_somebody_else_made_is_kept() -> None:
    made = SAID.encode().decode("cp1252", "replace")
    assert text_from_bytes(made.encode(), charset=None, html=False) == printed(made)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("co\u00adoperate\u200b", "cooperate"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\0b\x07c\ufeff\u202ed", "abcd"),
        ("e\u0301", "e\u0301"),  # no normal form is applied
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),  # the joiner that Persian spells with stays
    ],
)
def test_what_prints_nothing_is_taken_out(raw: str, shown: str) -> None:
    assert printed(raw) == shown


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "utf-16", "latin-1", "shift_jis", "utf-7", "idna", "hex", "\u00e9"]), st.booleans())
def test_any_bytes_become_text_without_control_characters(body: bytes, charset: str | None, html: bool) -> None:
    text = text_from_bytes(body, charset=charset, html=html)
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    text.encode("utf-8")
