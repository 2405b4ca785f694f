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
    "nav": "nav navbar navigation navlist menu breadcrumb breadcrumbs pagination pager skip toolbar tab tabs",
    "share": "share sharing sharer sharethis sharebar social socials socialmedia addthis sharedaddy followus follow",
    "related": """related relation recommend recommended recommendation recommendations recirc recirculation more trending
        popular mostread most readmore read also teaser teasers promo promos outbrain taboola suggested suggestions latest
        similar next upnext carousel sidebar rail widget card cards river feed onward""",
    "comments": "comment comments disqus replies respond discussion kommentar kommentare kommentarer",
    "promotion": """newsletter newsletters subscribe subscription signup paywall donate donation membership piano register
        regwall cta abo advert advertisement advertising ad ads adslot sponsor sponsored banner dfp gpt""",
    "legal": "cookie cookies consent gdpr copyright legal privacy disclaimer onetrust cmp",
    "caption": "caption captions figcaption credit credits legend imagecaption bildunterschrift",
    "tags": "tag tags topic topics keyword keywords category categories label labels kicker eyebrow section sectionname rubric",
    "byline": "byline bylines author authors contributor contributors writer writers creator reporter",
    "date": "date dateline datetime published timestamp time updated modified pubdate",
    "standfirst": """standfirst subtitle subhead subheadline subheader subheading dek deck lead lede intro summary excerpt
        teasertext chapo subhed description strapline""",
    "headline": "headline title heading hed",
    "body": """articlebody articlecontent articletext storybody storycontent storytext postbody postcontent entry
        entrycontent contentbody maincontent body bodytext bodycontent article story post content richtext
        paragraph text prose""",
    "bio": "bio about profile authorbox authorbio",
    "gallery": "gallery slideshow slide slides lightbox",
    "live": "live liveblog liveblogs",
}
_ZONE_OF = {word: zone for zone, words in _WORDS.items() for word in words.split()}
_SPLIT = re.compile(r"[^a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HIDDEN_TAGS = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "embed", "canvas", "audio", "video",
    "select", "datalist", "textarea", "input", "option", "map", "progress", "meter", "applet", "noframes", "title", "meta",
    "link",
})  # fmt: skip


def is_hidden(element) -> bool:
    """Whether a reader would see nothing of this element."""
    if element.tag in HIDDEN_TAGS or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style) is not None


def zones(element) -> frozenset[str]:
    """The zones that an element opens; most open none."""
    if not element.attrib:
        return _zones(element.tag, None, "")
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')} {element.get('data-testid', '')}"
    return _zones(element.tag, element.get("role"), said[:300])


@lru_cache(maxsize=20_000)
def _zones(tag: str, role: str | None, said: str) -> frozenset[str]:
    found = {zone for zone in (_TAGS.get(tag), _ROLES.get(role or "")) if zone}
    words = _SPLIT.split(_CAMEL.sub("-", said).lower())
    found.update(_ZONE_OF[word] for word in words if word in _ZONE_OF)
    return frozenset(found)
