"""Cue words -> is this an act of saying, and with what force.

Takes   the words of a cue, and whether its content is quoted or begins with "that".
Gives   a force, or None when nothing was said.
Needs   cues.toml beside this file, which anyone can extend.
Limits  words decide, not tone: *said* stays neutral whatever follows, except that a quotation that is a question is one.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import cast

from sayso.records import Force

_IRREGULAR = {
    "say": ["said"], "tell": ["told"], "write": ["wrote", "written"], "hold": ["held"], "give": ["gave", "given"], "think": ["thought"],
    "know": ["knew", "known"], "see": ["saw", "seen"], "feel": ["felt"], "speak": ["spoke", "spoken"], "find": ["found"], "swear": ["swore", "sworn"],
    "make": ["made"], "take": ["took", "taken"], "lay": ["laid"], "put": ["put", "putting"], "read": ["read"], "show": ["shown"],
    "go": ["went", "gone"], "let": ["let", "letting"], "set": ["set", "setting"], "bet": ["bet", "betting"], "beg": ["begged", "begging"],
    "undertake": ["undertook", "undertaken"], "shoot": ["shot"], "hit": ["hit", "hitting"], "seek": ["sought"], "teach": ["taught"],
    "foresee": ["foresaw", "foreseen"], "foretell": ["foretold"], "mean": ["meant"], "understand": ["understood"], "hear": ["heard"],
    "stand": ["stood"], "bring": ["brought"], "spell": ["spelt"], "forget": ["forgot", "forgotten"], "be": ["is", "was", "are", "were", "been", "being"],
    "learn": ["learnt"], "bid": ["bade"], "withhold": ["withheld"], "lead": ["led"], "rebut": ["rebutted"], "have": ["has", "had"],
    "allow": ["allowed"], "spread": ["spread"], "commit": ["committed", "committing"], "refer": ["referred", "referring"], "plan": ["planned", "planning"],
    "submit": ["submitted", "submitting"], "admit": ["admitted", "admitting"], "dub": ["dubbed", "dubbing"], "slam": ["slammed", "slamming"],
    "aver": ["averred", "averring"], "tip": ["tipped"], "rap": ["rapped"], "brag": ["bragged", "bragging"], "quip": ["quipped", "quipping"],
    "plead": ["pled"], "disagree": ["disagreed"], "agree": ["agreed"], "quiz": ["quizzed", "quizzing"], "snap": ["snapped", "snapping"], "blog": ["blogged"],
    "shrug": ["shrugged"], "prefer": ["preferred"], "chat": ["chatted"],
}  # fmt: skip
_MENACE = re.compile(
    r"(?<!\w)(?:will|would|shall|ready to|going to|forced to)\s+(?:\w+\s+){0,3}?(?:respond|retaliat\w+|answer|pay|strike|destroy|regret|be met|face|hit|crush|"
    r"punish|be cut off|be treated|be shot|suffer|take (?:\w+ )?measures|take action|suspend|withdraw|expel|shoot|burn|be held|use force)"
    r"|consequences|retaliation|a target"
)
# "did not deny", "offered no evidence", "stopped short of promising": saying nothing of the kind is neutral.
_HELD_BACK = re.compile(r"(?<!\w)(?:neither|nor|not|no|declined|refused|refuses|declines|stopped short|stopping short|without|avoided)(?!\w)")
_IDIOMS = re.compile(r"(?<!\w)(?:let it be (?:known|understood)|made (?:it )?known|make (?:it )?known|in the view of)(?!\w)")
_ORDER = ("hearsay", "denial", "question", "demand", "threat", "promise", "accusation", "assertive", "belief", "neutral")


def forms(verb: str) -> set[str]:
    """The forms a word may take: say, says, said, saying."""
    ing = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    made = {verb, verb + "s", ing + "ing", ing + "ed", *_IRREGULAR.get(verb, ())}
    if re.search(r"(s|x|z|ch|sh|o)$", verb):
        made.add(verb + "es")
    if verb.endswith("e"):
        made.add(verb + "d")
    if re.search(r"[^aeiou][aeiou][bdglmnprt]$", verb):
        made |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    if re.search(r"[^aeiou]y$", verb):
        made |= {verb[:-1] + "ies", verb[:-1] + "ied"}
    return made


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    given = tomllib.loads(Path(__file__).with_name("cues.toml").read_text(encoding="utf-8"))
    patterns = {}
    for force, entry in given.items():
        choices: set[str] = set()
        for word in entry["words"]:
            first, _, rest = word.partition(" ")
            choices |= {f"{form} {rest}".strip() for form in (forms(first) if force != "back" else {first})}
        longest = sorted(choices, key=len, reverse=True)
        patterns[force] = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")(?!\w)")
    return patterns


def force_of(cue: str, content: str, *, quoted: bool) -> Force | None:
    """The force of an act of saying; None when the cue is none.

    cue      the words of the cue; "" for a quotation without one.
    content  the words said, for the mark of a question and for *that*.
    quoted   whether any of them stand in quotation marks.
    """
    words = " ".join(cue.lower().replace("’", "'").split())
    said = content.strip(" ”\"’'")
    asked = quoted and said.endswith("?") and not re.search(r"[.!]\s", said)
    if not re.search(r"\w", words):
        return "question" if asked else "neutral"
    patterns = _patterns()
    held_back = _HELD_BACK.search(words) is not None
    for force in _ORDER:
        if (held_back and force not in {"belief", "neutral", "hearsay"}) or (force == "belief" and _IDIOMS.search(words)):
            continue
        found = patterns[force].search(words)
        if found:
            if force == "neutral" and asked:
                return "question"
            if force == "neutral" and _asks_for(words, content):
                return "demand"
            if force == "neutral" and re.match(r"(?:warn|caution)", found[0]) and _MENACE.search(content.lower()):
                return "threat"
            if force == "neutral" and re.match(r"(?:ask|asked|asks|asking)\b", found[0]):
                return _of_asking(content)
            return cast(Force, force)
    return "neutral" if quoted or held_back or re.match(r"that\b", content) or words.endswith(":") else None


def _asks_for(words: str, content: str) -> bool:
    """*told* Oslo to leave; *called* on Oslo to leave, where the cue was marked without its preposition."""
    return bool(re.search(r"(?<!\w)(?:tell|tells|told|telling)$", words) and re.match(r"to\s", content)) or bool(
        re.search(r"(?<!\w)(?:call|calls|called|calling|appealed|appeals)$", words) and re.match(r"(?:on|upon|for)\s", content)
    )


def _of_asking(content: str) -> Force:
    """*asked* is a question before whether, why, when ..., a demand before to and for."""
    if re.search(r"(?:^|\s)(?:whether|if|why|how|what|who|whom|whose|when|where|which)\b|\?", content.lower()):
        return "question"
    return "demand" if re.search(r"(?:^|\s)(?:to|for|that)\s", content.lower()) else "question"


def points_back(words: str) -> bool:
    """Does this cue name what was said before by a noun: *made the claim*, *repeated the charge*, *the remarks came*?"""
    found = re.match(
        r"(?:(?:has|had|have|also|later|first)\s+)*(?:(?:made|makes|making|issued|issues|voiced|repeated|repeats|delivered|gave|levelled|leveled|renewed|raised)\s+)?"
        r"(?:the|this|these|that|those|his|her|its|their|such|similar)\s+(?:\w+\s+)?(\w+)",
        " ".join(words.lower().split()),
    )
    return found is not None and _patterns()["back"].fullmatch(found[1]) is not None
