"""Content last: “she said that ...”, “she told reporters: “...””, “..., adding that ...”."""

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Atom
from newsdesk_quotes.cues import Cue
from newsdesk_quotes.edges import PAUSES, STOPS, Claim, is_clause, is_name, sentence_end, skip_person, skip_times, trim, waits
from newsdesk_quotes.phrases import Stretch, main_subject, subject

LEAD = 16
"""Atoms. “said in an interview with a paper on Monday that”: how far the content may stand from its verb."""
_OBLIQUE = frozenset({"him", "her", "them", "me", "us"})


def preposed(atoms: tuple[Atom, ...], cue: Cue, later: list[Cue], found: list[Claim], taken: int) -> Claim | None:
    """The claim of a cue whose content follows it; `later` are the cues after it, `found` the claims before it."""
    shared = cue.form == "participle" and cue.start > 0 and atoms[cue.start - 1].text in PAUSES
    source = None if shared else subject(atoms, cue.start, max(taken, found[-1].cue[1]) if found else taken)
    rule = "before"
    if source and cue.form == "participle" and atoms[source[1] - 1].lower in language.REPORTS:
        source = main_subject(atoms, 0, source[0]) or source  # “she released a statement saying”
    if source is None:
        source, rule = _inherited(atoms, cue, found), "before-shared"
        if source is None and cue.form != "finite":
            return None
    start = _content_start(atoms, cue)
    if start is None:
        return None
    if atoms[-1].text == ":" and start < len(atoms) and atoms[start].lower in language.OCCASIONS:
        start = len(atoms)  # “told the jury before they left:”
    if start >= sentence_end(atoms):
        ends_open = atoms[-1].text == ":" and source is not None
        return Claim((), source, cue.words, "colon", open=True) if ends_open else None
    if source is None and not atoms[start].quoted:
        return None
    if source and atoms[source[1] - 1].lower in language.SIGNS:
        return None
    end = _reporter(atoms, start, _content_end(atoms, cue, start, later))
    if "k" in cue.takes and is_name(atoms, start, end):
        return None
    return Claim((trim(atoms, start, end),), source, cue.words, rule) if end > start else None


def _inherited(atoms: tuple[Atom, ...], cue: Cue, found: list[Claim]) -> Stretch | None:
    """“..., and added that”, “..., saying that”: the subject that the sentence has already."""
    if found and found[-1].source:
        return found[-1].source
    before = atoms[cue.start - 1]
    if before.text in PAUSES or before.lower in ("and", "but", "by") or cue.form == "participle":
        return main_subject(atoms, 0, cue.start)
    return None


# -- where it begins --------------------------------------------------------------------------------------------------


def _content_start(atoms: tuple[Atom, ...], cue: Cue) -> int | None:
    """Where the content begins after the verb, past the person addressed, the time and the occasion."""
    place = cue.end
    mark = next((at for at in range(place, min(len(atoms), place + LEAD)) if _announces(atoms, at, place)), None)
    if mark is not None and ("c" in cue.takes or ("q" in cue.takes and (atoms[mark].quoted or atoms[mark].text == ":"))):
        between = atoms[place:mark]
        if not between or _is_lead(between, cue):
            return mark + 1 if atoms[mark].lower in ("that", ":", ",") else mark
    if "k" in cue.takes and cue.end == cue.verb_at + 1:
        return place if any(atom.quoted for atom in atoms[place : place + LEAD]) else None
    if "c" not in cue.takes and "o" not in cue.takes:
        return None
    if "r" in cue.takes:
        place = skip_person(atoms, place)
    elif place < len(atoms) and atoms[place].lower in _OBLIQUE and not _possesses(atoms, place):
        place += 1
    return _bare_start(atoms, cue, skip_times(atoms, place))


def _possesses(atoms: tuple[Atom, ...], place: int) -> bool:
    """“said *her* players had trained”, not “asked *her* to leave”."""
    if atoms[place].lower != "her" or place + 1 >= len(atoms):
        return False
    following = atoms[place + 1]
    return following.is_word and following.lower not in language.FUNCTION_WORDS | language.CLAUSE_SUBJECTS


def _bare_start(atoms: tuple[Atom, ...], cue: Cue, place: int) -> int | None:
    """The start of a content that neither “that” nor a mark announces."""
    if place >= len(atoms):
        return None
    if atoms[place].text == "," and any(atom.lower == "as" for atom in atoms[max(0, cue.start - 8) : cue.start]):
        return place + 1  # “As the paper reported, ...”
    if atoms[place].text in PAUSES | STOPS:
        return None
    return place if "l" not in cue.takes or is_clause(atoms, place) else None


def _announces(atoms: tuple[Atom, ...], at: int, start: int) -> bool:
    atom = atoms[at]
    return bool(atom.quoted) or atom.lower in ("that", ":") or (at > start and atom.lower in ("how", "why", "whether"))


def _is_lead(between: tuple[Atom, ...], cue: Cue) -> bool:
    """“in a statement on Monday”, “reporters”: what may stand between the verb and “that” or the quotation."""
    first = between[0].lower
    if any(atom.lower in language.AUXILIARIES | language.PRONOUNS - {"it", "you"} for atom in between):
        return False
    if "r" in cue.takes or first in language.PREPOSITIONS | language.TIMES | language.ADVERBS:
        return True
    return first in (",", ":") and len(between) == 1


# -- where it ends ----------------------------------------------------------------------------------------------------


def _content_end(atoms: tuple[Atom, ...], cue: Cue, start: int, later: list[Cue]) -> int:
    """The sentence's end, or where another attribution takes over."""
    if atoms[start].quoted and ("c" not in cue.takes or atoms[start].text[1] in ",.!?…"):
        return start + 1
    end = sentence_end(atoms)
    if later:
        colon = next((at for at in range(start, end - 1) if atoms[at].text == ":" and waits(atoms[at + 1])), end)
        end = colon if later[-1].start > colon else end
    for other in later:
        if start < other.start < end:
            end = min(end, _takes_over(atoms, other, start) or end)
    while end > start and atoms[end - 1].text in PAUSES:
        end -= 1
    return end


def _reporter(atoms: tuple[Atom, ...], start: int, end: int) -> int:
    """Where the reporter takes over: “... – a remark that drew laughter”, “..., which is true”."""
    for at in range(start + 2, end - 2):
        if atoms[at].text not in PAUSES:
            continue
        first, second = atoms[at + 1].lower, atoms[at + 2].lower
        if (first in ("a", "an", "the") and second in language.TALK) or (first == "which" and second == "is" and end - at <= 7):
            return at
        if first == "and" and atoms[at].text == "," and _own_act(atoms[at + 2]):
            return at
    return end


def _own_act(atom: Atom) -> bool:
    """“replied that nobody knew, and *showed* a letter”: what the speaker did, not what was said."""
    return atom.is_word and atom.text.islower() and (atom.lower.endswith("ed") or atom.lower in language.ACTS)


def _takes_over(atoms: tuple[Atom, ...], cue: Cue, start: int) -> int | None:
    """Where a later cue ends what was said before it: “..., according to”, “..., adding”, “and said”, “, but she noted”."""
    before = atoms[cue.start - 1].lower
    if cue.form == "according":
        return cue.start - 1 if before == "," and cue.start - 2 > start else None
    if cue.form == "participle":
        return cue.start - 1 if before in PAUSES else None
    if cue.form != "finite":
        return None
    if before in ("and", "but") or waits(atoms[cue.start - 1]):
        return cue.start - 1
    return _joint(atoms, cue, start)


def _joint(atoms: tuple[Atom, ...], cue: Cue, start: int) -> int | None:
    """The conjunction before the subject of a later cue: “..., *but* she noted”."""
    own = subject(atoms, cue.start, start)
    if own is None or own[0] - 1 <= start:
        return None
    place = own[0] - 1
    if waits(atoms[place]):
        return place
    if atoms[place].lower not in ("and", "but", "though", "although", "while", "whereas", "as", "even"):
        return None
    while place - 1 > start and atoms[place - 1].lower in ("even", "and"):
        place -= 1
    return place if atoms[place - 1].text in PAUSES or atoms[own[0]].lower in language.PRONOUNS else None
