"""Which legacy encoding bytes are in where nobody says: the one whose characters make the most plausible words."""

import re
from collections import Counter

_KANA = "".join(map(chr, range(0x3041, 0x30FB)))
_RUSSIAN = "оеаинтсрвлкдмпуы"
# What bytes may be in where nobody says: for each encoding the share that its languages' frequent characters have at
# least among those outside ASCII, and these characters, a set for each language or group of languages that share them.
_DETECTED: dict[str, tuple[float, tuple[str, ...]]] = {
    "cp1252": (0.95, ("àâæçèéêëîïôœùûüÿ", "äöüß", "áãàâçéêíóôõúñü", "æøåäöé", "áéíóúýþæöð", "àèéìíòóù")),
    "cp1251": (0.7, (_RUSSIAN, "оанивтерсілкдмпу")),
    "cp1250": (0.95, ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž")),
    "gb18030": (0.12, ("的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也年对生能而子得于着下自之后作里者日月",)),
    "cp932": (0.35, (_KANA,)),
    "euc_jp": (0.35, (_KANA,)),
    "big5hkscs": (
        0.12,
        ("的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也年對生能而子得於著下自之後作里者日月",),
    ),
    "cp949": (0.3, ("이다는을의에고가하은를로기지한도대사서인",)),
    "cp1253": (0.7, ("αοιετσςνηυρπκμλάίόέή",)),
    "cp1254": (0.95, ("çğıiöşüâîû",)),
    "cp1255": (0.7, ("יוהלאתרבמנש",)),
    "cp1256": (0.7, ("اليمنوتربةعس", "اینرتودمهبیسگ")),
    "cp1257": (0.95, ("ąčęėįšųūž", "āčēģīķļņšūž", "äöüõšž")),
    "cp874": (0.4, ("านรกอเงมยลวดสตท",)),
    "koi8_u": (0.7, (_RUSSIAN, "оанивтерсілкдмпу")),
}


def detect(content: bytes) -> str:
    """The legacy encoding under which the first bytes outside ASCII make the most plausible words."""
    sample = _sample(content)
    best, best_score = "cp1252", _plausibility(sample, "cp1252") + 0.03  # the web's default, where nothing speaks against it
    for encoding in _DETECTED:
        score = _plausibility(sample, encoding)
        if score > best_score + 0.01:
            best, best_score = encoding, score
    return best


def _sample(content: bytes, limit: int = 20_000) -> bytes:
    """The lines that have bytes outside ASCII: only they tell encodings apart."""
    lines = [line for line in content[:400_000].split(b"\n") if not line.isascii()]
    return b"\n".join(lines)[:limit]


_WORD = re.compile(r"[^\W\d_]+")
_PUNCTUATION = set(
    "\u2018\u2019\u201a\u201c\u201d\u201e\u2013\u2014\u2026\u2022«»‹›€£§°©®´·¿¡–\u00a0、。「」『』（）・！？，：；“”《》"
)


def _plausibility(sample: bytes, encoding: str) -> float:
    """From 0 to 1: the share of characters outside ASCII that stand where a writer would put them."""
    text = sample.decode(encoding, "replace")
    strange = [char for char in text if char > "\x7f" and char not in _PUNCTUATION]
    if not strange:
        return 0.9
    good = Counter(
        char
        for word in _WORD.findall(text)
        if _one_script(word) and (word.islower() or word.istitle() or word.isupper() or word.lower() == word)
        for char in word.lower()
        if char > "\x7f"
    )
    least, languages = _DETECTED[encoding]
    frequent = max(sum(good[char] for char in letters) for letters in languages)
    return min(1.0, frequent / (least * len(strange))) * good.total() / len(strange)


_SCRIPTS = (
    ("latin", 0x0, 0x250), ("greek", 0x370, 0x400), ("cyrillic", 0x400, 0x530), ("hebrew", 0x590, 0x600),
    ("arabic", 0x600, 0x700), ("thai", 0xE00, 0xE80), ("kana", 0x3040, 0x3100), ("han", 0x4E00, 0xA000),
    ("hangul", 0xAC00, 0xD7B0),
)  # fmt: skip


def _one_script(word: str) -> bool:
    scripts = {_script(char) for char in word}
    return len(scripts - {"kana"}) <= 1 and not (scripts == {"latin"} and _clusters(word))


def _script(char: str) -> str:
    code = ord(char)
    return next((name for name, first, last in _SCRIPTS if first <= code < last), f"other-{code >> 7}")


def _clusters(word: str) -> bool:
    """Three accented letters in a row are no word of a Latin script."""
    return re.search("[\x80-\u024f]{3}", word) is not None
