"""What an element says of the place it makes: by its tag, its role, and the words in its class and id."""

import re
from functools import lru_cache

_TAGS = {
    "nav": "nav", "footer": "footer", "aside": "aside", "figure": "figure", "form": "form", "button": "button",
    "article": "article", "main": "main", "header": "header", "blockquote": "quote", "figcaption": "caption",
    "table": "table", "address": "byline", "time": "date", "label": "form", "fieldset": "form", "details": "details",
}  # fmt: skip
_ROLES = {
    "navigation": "nav",
    "contentinfo": "footer",
    "complementary": "aside",
    "banner": "header",
    "search": "form",
    "main": "main",
    "dialog": "dialog",
}
_WORDS = {
    "nav": r"nav(?:bar|igation|list)?|menu|breadcrumbs?|pagination|pager|skip|toolbar|tabs?",
    "share": r"shar(?:e|ing|er|ethis|ebar)|social(?:s|media)?|addthis|sharedaddy|followus|follow",
    "related": r"relat(?:ed|ion)|recommend(?:ed|ation|ations)?|recirc\w*|more|trending|popular|mostread|most|readmore|read|also|teasers?|promo\w*|outbrain|taboola|suggest\w*|latest|similar|next|upnext|carousel|sidebar|rail|widget|cards?|river|feed|onward",
    "comments": r"comments?|disqus|replies|respond|discussion|kommentar\w*",
    "promotion": r"newsletters?|subscri\w*|signup|paywall|donat\w*|membership|piano|register|regwall|cta|abo|advert\w*|ads?|adslot|sponsor\w*|banner|dfp|gpt",
    "legal": r"cookies?|consent|gdpr|copyright|legal|privacy|disclaimer|onetrust|cmp",
    "caption": r"(?:fig)?captions?|credits?|legend|copyright(?:holder)?|imagecaption|wp-caption-text|bildunterschrift|byline-photo",
    "tags": r"tags?|topics?|keywords?|categor(?:y|ies)|labels?|kicker|eyebrow|section(?:name|label)?|rubric",
    "byline": r"by-?lines?|authors?|autho?r|contributors?|writers?|creator|reporter",
    "date": r"date|dateline|datetime|published|timestamp|time|updated|modified|pubdate",
    "standfirst": r"standfirst|subtitle|sub-?head(?:line|er|ing)?|dek|deck|lead|lede|intro|summary|excerpt|teaser-?text|chapo|subhed|description|kicker-text|strapline",
    "headline": r"headline|title|heading|hed",
    "body": r"article-?(?:body|content|text)?|story-?(?:body|content|text)?|post-?(?:body|content|text)?|entry-?(?:content|body)?|content-?body|main-?content|body-?(?:text|content)?|richtext|paragraph|text|prose",
    "bio": r"bio|about|profile|author-?(?:box|bio|info)",
    "gallery": r"gallery|slideshow|slides?|lightbox",
    "live": r"live-?(?:blog|post|entry|update)?s?",
}  # fmt: skip
_PATTERN = re.compile("|".join(f"(?P<{zone}>(?<![a-z0-9])(?:{words})(?![a-z0-9]))" for zone, words in _WORDS.items()))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_TAGS = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "option", "map", "progress", "meter", "applet", "noframes", "title", "meta", "link",
})  # fmt: skip


def is_hidden(element) -> bool:
    """Whether a reader would see nothing of this element."""
    if element.tag in HIDDEN_TAGS or "hidden" in element.attrib:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def zones(element) -> frozenset[str]:
    """The zones that an element opens; most open none."""
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')} {element.get('data-testid', '')}"
    return _zones(element.tag, element.get("role"), said[:300])


@lru_cache(maxsize=20_000)
def _zones(tag: str, role: str | None, said: str) -> frozenset[str]:
    found = {zone for zone in (_TAGS.get(tag), _ROLES.get(role or "")) if zone}
    words = _CAMEL.sub("-", said).lower().replace("_", "-")
    found.update(match.lastgroup for match in _PATTERN.finditer(words))
    return frozenset(found)
