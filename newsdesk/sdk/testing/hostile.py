"""Texts, markup and bytes that break careless code, each small enough to be tried in a moment."""

TEXTS = {
    "one endless word": "a" * 30_000,
    "words without an end": "word " * 6_000,
    "lines of one letter": "a\n" * 2_000,
    "opening quotation marks": "“«‘\"'" * 1_000,
    "unbalanced brackets": "([{<" * 2_000,
    "capital letters": "NATO " * 2_000,
    "digits": "9" * 10_000,
    "dots and dashes": "... --- — … " * 1_000,
    "what regular expressions choke on": "a" * 5_000 + "!" + "ab" * 2_500 + "\n" + " " * 5_000 + "x",
    "format characters": "pass\u200bword so\u00adft \u202eabc\u202c \u2066def\u2069 \ufe0f\u200d " * 100,
    "marks upon marks": ("Z" + "\u0300\u0316\u0334" * 50 + " ") * 50,
    "characters beyond the first plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈 𠜎 🦊 \U0010fffd " * 200,
    "letters that grow or shrink with their case": "İstanbul ẞ ß ﬁ ŉ ǅ Σς " * 200,
    "what is code elsewhere": "{} %s %(name)s ${HOME} {0.__class__} \\1 \\ ' \" ; -- <script>a</script> &amp; &#0; ../../x "
    * 50,
    "separators": "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1dh\u3000i " * 100,
    "right-to-left only": "قال العمدة إن الجسر تأخر. «لن ننتظر». אמר ראש העיר: „לא נחכה“.\n" * 50,
    "no blanks": "市长说：“我们等了十年。”港口委员会周四投票。" * 100,
}
"""By name. They are made canonical where a processor gets the text."""

MARKUP_TEXTS = {
    "elements that never end": b"<div><p>Word <b><i>word " * 2_000,
    "two thousand nested elements": b"<div>" * 2_000 + b"Inside." + b"</div>" * 2_000,
    "ends without a start": b"</div></p></html></body>" * 500 + b"<p>Words.</p>",
    "a huge attribute": b'<p title="' + b"x" * 100_000 + b'">Words.</p>',
    "a page of links": b'<ul>' + b'<li><a href="/a">Read more</a></li>' * 2_000 + b"</ul>",
    "references to what no text may have": b"<p>One&#0;&#1;&#x85;&#xD800;&#xFFFFFFFF;&nosuch; two.</p>",
    "script and style only": b"<script>var a = '<p>Words</p>';</script><style>p { }</style>",
    "a frameset with a comment that never ends": b"<frameset><frame src=a></frameset><!-- Words <p>Words.</p>",
    "broken JSON-LD": b'<script type="application/ld+json">{"@type": ["NewsArticle", {"headline": [[[</script><p>Words.</p>',
}  # fmt: skip
BYTES = {
    "bytes that are no UTF-8": b"Zo\xeb said: \xff\xfe\x80 \xc3\x28 words",
    "NUL bytes": b"Words\x00 and \x00\x01\x02 words",
    "UTF-16 with a mark": "\ufeff“Yes,” said Zoë.".encode("utf-16-le"),
    "a mark and nothing else": b"\xef\xbb\xbf",
    "every byte": bytes(range(256)) * 20,
}
FORMATS = {
    "brackets without an end": b"[" * 100_000,
    "braces without an end": b'{"a":' * 50_000,
    "nothing at all in JSON": b"null",
    "numbers that are none in JSON": b'{"a": [NaN, 1e999, -0], "a": "\\ud800"}',
    "entities of entities": b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>',
    "an archive that breaks off": b"PK\x03\x04" + bytes(40),
}
"""What formats that readers read are made of."""
