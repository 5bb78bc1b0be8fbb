"""What furniture says: the phrases by which sites of every make label what is not the story.

Takes   one block's words.
Gives   the kind of furniture it names, if any, and the reason in words that a reader of the record understands.
Needs   the standard library. Every pattern is anchored and bounded: time is linear in the block, of which only the ends are looked at.
Limits  English, with the commonest labels of the sites that print in it. A phrase alone convicts only in `SURE` and only a short block;
        elsewhere it is one piece of evidence among those of `features.py`.
"""

from __future__ import annotations

import re

REASONS = {
    "advert": "advertising mark",
    "popular": "list of other stories",
    "related": "link to another story",
    "comments": "comments",
    "share": "sharing and saving",
    "letter": "newsletter or subscription box",
    "legal": "copyright or legal line",
    "cookie": "cookie notice",
    "nav": "navigation",
    "search": "search box",
    "photo": "picture caption or credit",
    "tags": "tags",
    "author": "about the author",
    "contact": "how to reach the newsroom",
    "time": "reading time or time stamp",
    "player": "player or picture viewer",
    "end": "end mark",
}

_DASH = r"[-–—*•|=_#\[\]()<>«»…:. ]*"


def _whole(*phrases: str) -> re.Pattern[str]:
    """The block is this phrase and nothing else, whatever rules and dots are drawn around it."""
    return re.compile(rf"{_DASH}(?:{'|'.join(phrases)}){_DASH}[!?]?", re.IGNORECASE)


def _opens(*phrases: str) -> re.Pattern[str]:
    """The block begins with this phrase."""
    return re.compile(rf"{_DASH}(?:{'|'.join(phrases)})", re.IGNORECASE)


# Blocks that are furniture wherever they stand, because nothing else is ever written so.
SURE: dict[str, re.Pattern[str]] = {
    "advert": _whole(
        r"(?:continue reading (?:below )?(?:the )?)?adverti[sz]e?ments?", r"advertis(?:ing|ement feature)", r"ads?", r"ads? by \w+",
        r"sponsored(?: (?:content|links?|stories|by))?", r"promoted(?: (?:content|stories|links?))?", r"paid (?:content|post|program)",
        r"google (?:search engine|ads?|adsense)", r"(?:story|article|text|content) continues (?:below|after)(?: (?:this |the )?(?:ad\w*|video))?",
        r"scroll (?:down )?to continue(?: with content| reading)?", r"(?:click|tap) (?:here )?to (?:continue|skip)[\w ]{0,20}",
        r"(?:article|story|report)s? continues? below", r"loading(?: \w+){0,3}", r"adverts?", r"partner content", r"around the web",
    ),
    "popular": _whole(
        r"(?:the )?(?:most|top|editor'?s?’?s?) (?:popular|read|viewed|shared|commented|recent|picks?|stories|news|choice|discussed|watched|emailed)"
        r"(?: (?:stories|articles|news|posts|now|today|this week|in [\w &]{1,20}|on [\w .]{1,20}))?",
        r"trending(?: (?:now|news|stories|topics|today|articles|videos))?", r"popular (?:posts?|stories|articles|news|now|in [\w ]{1,20})",
        r"(?:the )?latest (?:news|stories|articles|posts|headlines|updates|videos?|from [\w ]{1,20}|in [\w ]{1,20})", r"breaking news",
        r"recent (?:posts?|articles?|stories|news)", r"(?:top|other|more) (?:stories|news|headlines|articles|posts|coverage)",
        r"more (?:from|in|on|about|by|stories|news|like this)(?: [\w'’.&-]{1,20}){0,5}", r"(?:what to read|read) next",
        r"(?:you (?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed)|recommended(?: (?:for you|stories|reading|articles|videos?))?)",
        r"(?:don['’]t|do not) miss(?: (?:this|these|it))?", r"in case you missed it", r"from (?:the|our) (?:web|partners|archives?|network)",
        r"featured(?: (?:stories|posts?|articles|news|videos?))?", r"editors?['’]?s? (?:picks?|choice)", r"must[- ]reads?", r"up next",
        r"best of [\w ]{1,30}", r"also (?:read|in (?:the )?news|on [\w ]{1,20})", r"headlines", r"hot topics",
        r"happening now", r"top (?:videos?|picks?)", r"stories for you", r"just in", r"news feed", r"live updates",
    ),
    "related": _whole(
        r"(?:related|similar) (?:articles?|stories|story|news|posts?|topics?|content|links?|coverage|items?|reading|videos?|tags?)", r"related",
        r"read (?:also|more|next|full (?:story|article)|the full (?:story|article)|on)", r"see (?:also|more)", r"also read", r"more", r"full story",
        r"(?:previous|next|older|newer)(?: (?:article|post|story|page|entry|news))?", r"(?:prev|previous) (?:and |[/|] ?)?next", r"learn more",
        r"(?:watch|view|show|load|see) (?:more|all|now|also|live|the video)(?: (?:stories|news|comments|articles|videos|posts))?",
        r"continue reading", r"click here(?: (?:for|to) [\w ]{1,30})?", r"get more(?: [\w ]{1,30})?", r"find out more", r"discover more",
    ),
    "comments": _whole(
        r"(?:\d+ |no |recent |latest |top |view |show |post |add |leave |write |all |hide |see |load |join |the |your )*(?:a |the |more |all |your )?"
        r"(?:\d+ )?(?:comments?|conversation|discussion|repl(?:y|ies)|responses?)(?: \(?\d+\)?| (?:here|below|now|section|policy|guidelines|closed|off|on this (?:story|article)))*",
        r"comments? (?:are|is) (?:closed|off|disabled)(?: [\w ]{1,40})?", r"leave a (?:comment|reply)(?: cancel reply)?", r"cancel reply",
        r"(?:be the first to|log ?in to|sign in to) (?:leave a )?comment", r"you must be logged in to post a comment", r"what do you think",
        r"your email address will not be published(?:\. required fields are marked \*?)?", r"save my name[\w ,]{1,90}", r"\d+ likes?",
        r"join the (?:conversation|discussion|debate)", r"report (?:abuse|comment|a typo|this ad|an error)", r"reply",
        r"name \*|e-?mail \*|website|comment \*",
    ),
    "share": _whole(
        r"\d+[.,]?\d*[km]? (?:shares?|views?|likes?|retweets?|reads?)", r"(?:total )?(?:shares?|views?):? \d+", r"click to share[\w ()]{1,60}",
        r"share (?:on|via) [\w ()]{1,60}", r"(?:font|text) size[\w +-]{0,20}", r"follow (?:us|@\w+)(?: on [\w ,&]{1,60})?", r"stay connected",
        r"connect with us", r"get in touch", r"add [\w .]{1,30} (?:as a preferred source )?(?:on|to) google", r"pin it", r"share",
    ),
    "letter": _whole(
        r"(?:sign[- ]?up|subscribe|register|log ?in|sign in|join|donate|become a member|support us|my account|create (?:an )?account)"
        r"(?: (?:now|here|today|free|for free|us|in|up|to [\w ',.’&-]{1,60}|for [\w ',.’&-]{1,60}|with [\w ]{1,30}))?",
        r"(?:our |daily |email |e-mail |free )*newsletters?(?: sign-?up)?", r"enter your e-?mail(?: address)?", r"already a (?:member|subscriber)\b.{0,40}",
        r"thank you for (?:subscribing|signing up|reading)[\w !.]{0,30}", r"e-?mail address", r"get our (?:free )?newsletters?", r"go premium",
        r"invalid e-?mail(?: address)?", r"subscriber only(?: \w+)?", r"manage (?:your )?(?:subscription|account|preferences)",
    ),
    "nav": _whole(
        r"skip to (?:main |primary )?(?:content|navigation|main|article|text|search)", r"(?:main )?(?:menu|navigation)", r"(?:toggle|open|close|show|hide) (?:\w+ ){0,2}(?:menu|navigation|search)",
        r"home(?:page)?", r"(?:back|return|jump|scroll) to (?:the )?(?:top|home(?:page)?|content|news|list|main)", r"site ?map", r"about(?: us)?",
        r"contact(?: us)?", r"you are here", r"sections?", r"topics?", r"close", r"e-?paper", r"archives?", r"(?:all )?categor(?:y|ies)",
        r"(?:privacy|cookie)(?: (?:and|&) cookies?)? (?:policy|notice|settings|statement)", r"terms(?: (?:of|and|&) (?:service|use|conditions))?", r"careers?", r"faqs?",
        r"advertise(?: with us)?", r"(?:get the |download (?:the |our )?)?(?:mobile )?apps?", r"languages?", r"live tv", r"watch live", r"help(?: cent(?:er|re))?",
        r"page \d+(?: of \d+)?", r"[<>«»‹›←→ ]+", r"accessibility(?: \w+)?", r"edition", r"select (?:an? )?\w+",
    ),
    "search": _whole(r"search(?: (?:for|this site|the site|here|results|site|button|query))?(?: [\w.]{1,20})?", r"type (?:your )?(?:search|keyword)[\w ]{0,40}", r"go"),
    "photo": _whole(
        r"(?:photo|image|picture|file photo|file|representational (?:image|photo|picture)|illustration|video|photos?|images?|pictures?|gallery)"
        r"(?: (?:gallery|caption|credit|source|courtesy|for representation(?:al purposes?)?(?: only)?|\d+ of \d+))?", r"(?:enlarge|view|open|hide|show|toggle) (?:this )?(?:image|caption|photos?|gallery)(?: \w+){0,3}",
        r"\(?(?:image|photo|picture|video) (?:credit|source|courtesy|by|via)s?[:/ ].{1,80}", r"(?:getty images?|shutterstock|istock|unsplash|pixabay)(?:/\w+)?",
        r"(?:a ?p|reuters|afp) (?:photo|file|picture)(?:[/ ].{0,40})?", r"\d+ ?(?:/|of) ?\d+(?: (?:photos|images))?", r"image caption|media caption", r"file photo.{0,60}",
    ),
    "time": _whole(
        r"(?:\d+|a|one|an) (?:sec(?:ond)?s?|min(?:ute)?s?|hours?|hrs?|days?|weeks?|months?|years?)(?:,? \d+ \w+)? (?:ago|read|to read)", r"(?:estimated )?(?:reading|read) time:? .{1,30}",
        r"\d+[- ]min(?:ute)?s?[- ]read", r"listen to (?:this )?(?:article|story)(?: .{0,30})?", r"just now", r"yesterday|today",
    ),
    "player": _whole(
        r"(?:play|pause|mute|unmute|replay|watch|fullscreen|full screen|settings|captions? (?:on|off)|volume|autoplay|next video|playing|now playing)(?: video| audio| now)?",
        r"\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?", r"(?:your|this) browser (?:does not|doesn['’]t) support.{0,80}", r"(?:an )?error (?:has )?occurred.{0,60}",
        r"please (?:enable|turn on) javascript.{0,80}", r"video (?:unavailable|player is loading).{0,40}", r"embed|transcript",
    ),
    "tags": _whole(r"(?:tags?|topics?|keywords?|filed under|labels?|categories|tagged(?: (?:with|under|as))?|posted in|explore more)"),
    "end": re.compile(r"(?:[-–—*•|=_#~ .]{2,60}|-?\s?(?:ends?|30|###)\s?-?|[*#_~=•·|]|@\w{2,30})", re.IGNORECASE),
}

# Blocks that are furniture more often than not: evidence, which the place and the neighbours must bear out.
LIKELY: dict[str, re.Pattern[str]] = {
    "legal": re.compile(r".{0,60}?(?:©|\(c\) ?\d{4}|copyright\b|all rights reserved|terms of (?:use|service)|may not be (?:published|reproduced))|.{0,300}all rights reserved", re.IGNORECASE),
    "cookie": re.compile(r".{0,200}?\b(?:uses? cookies|cookie policy|accept (?:all )?cookies|privacy policy|consent to (?:the|our)|gdpr)\b", re.IGNORECASE),
    "related": _opens(r"(?:read|see|watch|also|related|more)(?: (?:also|more|next|full|this|here|read|on this|stories|story|coverage))?\s?[:|»>–-]", r"(?:also read|read also|don['’]t miss|must read|watch now|related stor|see more|read more|recommended)\b", r"click here\b", r"you (?:may|might) (?:also )?(?:like|be interested)", r"for more (?:news|stories|information|on this)\b"),
    "letter": re.compile(r".{0,160}?\b(?:newsletters?|subscrib(?:e|er|ers|ing|ption)|sign(?:ed)?[- ]?up (?:for|to|now|here)|your inbox|free trial|download (?:the|our) (?:\w+ )?app|become a member|log ?in to|unlimited access|push notifications|breaking news alerts?)\b", re.IGNORECASE),
    "share": re.compile(r".{0,120}?\b(?:(?:follow|like|join|find) (?:us|him|her|them|me|@|\w+ \w+ on|[\w ]{1,30} on (?:twitter|facebook|instagram|telegram|x\b))|on (?:twitter|facebook|instagram)\b ?(?:at|and|@|\.|$)|share (?:this|your|on)|our (?:facebook|twitter|telegram|whatsapp|youtube))", re.IGNORECASE),
    "contact": re.compile(r".{0,160}?(?:\b(?:email|e-mail|reach|contact|write to|tips?) (?:us|him|her|the|at|\w+ (?:\w+ )?at)\b|[\w.+-]{1,40}@[\w-]{1,40}\.\w{2,6}\b|send (?:us )?(?:your )?(?:tips|feedback|comments|corrections)|have a (?:news )?tip)", re.IGNORECASE),
    "author": re.compile(r"(?:about the authors?|the (?:author|writer) is\b|[^.]{3,60} is (?:an?|the) [^.]{0,40}(?:reporter|correspondent|editor|journalist|writer|columnist|contributor|author|fellow|professor|freelance)\b|[^.]{3,60} (?:covers|writes (?:about|on|for)|reports on|joined|has been (?:a|an|the|with|covering|writing))\b)", re.IGNORECASE),
    "photo": re.compile(r"(?:\(?(?:photo|image|picture|file|video|screengrab|screenshot|credit|source|pic)s?\b ?(?:credit|courtesy|by|via|source|:|\()|[^.]{0,400}\b(?:\((?:photo|image|ap photo|file|reuters|afp|getty|pti)\b[^)]{0,60}\)|(?:ap|reuters|afp|getty|epa|pti|tass|xinhua)[ /](?:photo|file|images?|pool|stringer)|getty images|file photo|shutterstock|via (?:ap|getty|reuters|afp)|/ ?(?:reuters|afp|ap|getty|epa))\s?\)?\W{0,3}$)", re.IGNORECASE),
    "comments": re.compile(r".{0,80}?\b(?:comments? (?:policy|guidelines|section|below|are (?:closed|moderated|subject))|leave a (?:comment|reply)|reply to|says:|wrote:|user comments?|posted by|commenting|moderat(?:ed|ion|or))\b", re.IGNORECASE),
    "tags": _opens(r"(?:tags?|topics?|keywords?|filed under|labels?|categories|category|tagged|posted in|more on)\s?[:|–-]", r"filed under\b", r"posted in\b"),
    "nav": re.compile(r"(?:home|news)?\s{0,2}[»>›/|]|.{1,40}(?: [»›>|] .{1,40}){2,}", re.IGNORECASE),
    "time": re.compile(r"(?:(?:first )?(?:published|posted|updated|last (?:updated|modified)|created|modified|issued|release date|date)\b ?(?:on|at|:)?|(?:mon|tues|wednes|thurs|fri|satur|sun)(?:day)?,? |\d{1,2}:\d\d ?(?:[ap]\.?m|hrs|ist|gmt|est|et)\b)", re.IGNORECASE),
    "advert": re.compile(r".{0,60}?\b(?:adverti[sz]e?ment|sponsored|affiliate|commission|promo code|buy now|shop now|\d+% off|special offer|limited time)\b", re.IGNORECASE),
}  # fmt: skip

# A row of buttons is nothing but these words, and one at least is a network or an act of passing on.
NETWORKS = frozenset(
    "facebook twitter linkedin pinterest whatsapp reddit telegram flipboard tumblr messenger instagram youtube viber threads bluesky mastodon digg "
    "stumbleupon vkontakte google+ pocket rss sms wechat weibo line".split()
)
PASSING_ON = frozenset("share tweet email e-mail print save like follow copy bookmark gift listen subscribe".split())
BETWEEN_BUTTONS = frozenset(
    "this the it us on via with by to story article post page your a an friend friends link url in our social media and or x app whats news now me "
    "more copied button icon opens new window mail one comments comment".split()
)

LONGEST_SURE = 120
LOOK = 400
BUTTON = re.compile(r"[a-z+-]+")


def sure_furniture(words: str) -> str | None:
    """The kind of furniture that this short block is beyond doubt; None for everything else."""
    if len(words) > LONGEST_SURE:
        return None
    if _is_row_of_buttons(words.lower()):
        return "share"
    return next((kind for kind, pattern in SURE.items() if pattern.fullmatch(words)), None)


def _is_row_of_buttons(words: str) -> bool:
    found = BUTTON.findall(words)
    known = [word for word in found if word in NETWORKS or word in PASSING_ON]
    return bool(known) and all(word in NETWORKS or word in PASSING_ON or word in BETWEEN_BUTTONS for word in found)


def likely_furniture(words: str) -> list[str]:
    """Kinds of furniture that a block's beginning or end speaks for."""
    ends = words if len(words) <= 2 * LOOK else f"{words[:LOOK]} {words[-LOOK:]}"
    return [kind for kind, pattern in LIKELY.items() if pattern.match(ends)]
