"""Claims and quotations of a whole document put together: who goes with which quotation, over sentences and paragraphs."""

from dataclasses import dataclass, field

from newsdesk_quotes import english as language
from newsdesk_quotes.atoms import Sentence, sentences
from newsdesk_quotes.clauses import claims, subject_of
from newsdesk_quotes.edges import Claim
from newsdesk_quotes.marks import OPENERS, Quoted, quoted
from newsdesk_quotes.sources import after_dateline, noun_phrase
from newsdesk_quotes.transcripts import Turn, goes_on, turns

Place = tuple[int, int]
MIN_WORDS = 4
"""A quotation without an attribution beside it that is shorter is a scare quote, a title or a slogan."""

LONE_WORDS = 8
"""A quotation of so many words is somebody's, even where nothing tells whose."""


@dataclass
class Finding:
    """One quote, as places in the text."""

    contents: list[Place]
    source: Place | None
    cue: Place | None
    rule: str
    paragraph: int
    quotations: list[Quoted] = field(default_factory=list)
    open: bool = False
    more_sources: list[Place] = field(default_factory=list)
    more_cues: list[Place] = field(default_factory=list)

    @property
    def unfinished(self) -> bool:
        """Whether the last mark that opened is still open: the next paragraph goes on."""
        return bool(self.quotations) and not self.quotations[-1].closed


@dataclass(frozen=True)
class Paragraph:
    start: int
    end: int
    role: str


def findings(text: str, paragraphs: list[Paragraph]) -> list[Finding]:
    """All quotes of a document, in the order of their contents."""
    found: list[Finding] = []
    spoken = turns(text, [(each.start, each.end) for each in paragraphs])
    for number, paragraph in enumerate(paragraphs):
        if number in spoken:
            found.append(_turn(text, spoken[number], number, paragraph))
        elif number - 1 in spoken and goes_on(text[paragraph.start : paragraph.end]):
            found[-1].contents.append((paragraph.start, paragraph.end))
        else:
            _read_paragraph(text, paragraph, number, found)
    found = [each for each in found if each.contents]
    return sorted(found, key=lambda each: each.contents[0])


def _turn(text: str, turn: Turn, number: int, paragraph: Paragraph) -> Finding:
    """One turn of a conversation. Marks around it make it a quotation that may run over the next paragraphs."""
    opening = paragraph.start < turn.source[0] and text[paragraph.start] in OPENERS
    closed = text[turn.content[1] : paragraph.end].strip() != ""
    around = [Quoted(*turn.content, paragraph.start, paragraph.end, closed, False)] if opening else quoted(text, *turn.content)
    return Finding([turn.content], turn.source, None, "turn", number, around)


def _read_paragraph(text: str, paragraph: Paragraph, number: int, found: list[Finding]) -> None:
    start = after_dateline(text, paragraph.start, paragraph.end)
    quotations = quoted(text, start, paragraph.end)
    inside: Finding | None = None
    for sentence in sentences(text, start, paragraph.end, quotations, number, paragraph.role):
        new = [_finding(text, sentence, claim) for claim in claims(sentence)]
        used = {each for finding in new for each in finding.quotations}
        left = [atom.quoted for atom in sentence.atoms if atom.quoted and atom.quoted not in used]
        for each in new:
            _take_up(found, each, paragraph, number)
        found.extend(new)
        _join(text, found, new)
        if new:
            inside = _goes_on(new)
        alone = all(atom.quoted or not atom.is_word for atom in sentence.atoms)
        for each in left:
            inside = _place_quotation(text, sentence, each, alone, found, inside) or inside


def _take_up(found: list[Finding], finding: Finding, paragraph: Paragraph, number: int) -> None:
    """Join the paragraphs before, which opened a quotation and left it open, to the one that says whose it was."""
    if not finding.quotations or finding.quotations[0].outer_start > paragraph.start + 1:
        return
    while found and found[-1].source is None and found[-1].paragraph == number - 1 and found[-1].unfinished:
        before = found.pop()
        finding.contents[:0] = before.contents
        finding.quotations[:0] = before.quotations


def _join(text: str, found: list[Finding], new: list[Finding]) -> None:
    """““...,” she explained. “..., if so,” she added, “...””: one quote, whose second attribution breaks it again."""
    before = found[-len(new) - 1] if len(found) > len(new) else None
    if len(new) != 1 or before is None or not _broken(new[0]) or not before.quotations or before.paragraph != new[0].paragraph:
        return
    if before.rule not in ("after", "after-split") or not before.source or not new[0].source:
        return
    between = text[max(before.contents[-1][1], before.source[1], before.cue[1] if before.cue else 0) : new[0].contents[0][0]]
    pronoun = text[slice(*new[0].source)].lower()
    if (
        pronoun not in language.PRONOUNS
        or text[slice(*before.source)].lower() != pronoun
        or any(char.isalnum() for char in between)
    ):
        return
    found.pop()
    before.contents += new[0].contents
    before.quotations += new[0].quotations
    before.more_sources.append(new[0].source)
    before.more_cues += [new[0].cue] if new[0].cue else []
    new[:] = [before]


def _broken(finding: Finding) -> bool:
    return finding.rule == "after-split" and len(finding.quotations) == len(finding.contents)


def _goes_on(new: list[Finding]) -> Finding:
    """Whose words a quotation in the next sentence goes on with: the one quoted here, rather than another who is reported."""
    if new[-1].open:
        return new[-1]
    return next((each for each in new if each.rule.startswith("after") and each.quotations), new[-1])


def _finding(text: str, sentence: Sentence, claim: Claim) -> Finding:
    atoms = sentence.atoms
    contents = [place for stretch in claim.contents for place in _places(atoms, stretch)]
    inside = [atom.quoted for start, end in claim.contents for atom in atoms[start:end] if atom.quoted]
    source = noun_phrase(text, _place(atoms, claim.source)) if claim.source else None
    return Finding(contents, source, _place(atoms, claim.cue), claim.rule, sentence.paragraph, inside, claim.open)


def _place(atoms, stretch) -> Place:
    return atoms[stretch[0]].start, atoms[stretch[1] - 1].end


def _places(atoms, stretch) -> list[Place]:
    """Where the content stands, without the marks around it."""
    start, end = stretch
    if end - start == 1 and atoms[start].quoted:
        return [(atoms[start].quoted.start, atoms[start].quoted.end)]
    first, last = atoms[start], atoms[end - 1]
    if all(atom.quoted or not atom.is_word for atom in atoms[start:end]):
        return [(atom.quoted.start, atom.quoted.end) for atom in atoms[start:end] if atom.quoted]
    return [(first.start, last.end)]


def _place_quotation(
    text: str, sentence: Sentence, quotation: Quoted, alone: bool, found: list[Finding], inside: Finding | None
) -> Finding | None:
    """Give a quotation that no cue of its own sentence claims to the speaker who is in the text around it."""
    content, number = (quotation.start, quotation.end), sentence.paragraph
    previous = found[-1] if found else None
    if previous and previous.open and number - previous.paragraph <= 1:
        previous.contents.append(content)
        previous.quotations.append(quotation)
        previous.open, previous.paragraph = False, number
        return previous
    if alone and inside is not None and inside.source and not inside.quotations and not inside.open:
        finding = Finding([content], inside.source, inside.cue, "continued", number, [quotation])
        found.append(finding)
        return finding
    if alone and inside is not None and inside.quotations:
        inside.contents.append(content)
        inside.quotations.append(quotation)
        return inside
    running = previous is not None and previous.unfinished and number - previous.paragraph == 1
    if alone and running:
        previous.contents.append(content)
        previous.quotations.append(quotation)
        previous.paragraph = number
        return previous
    words = len(text[quotation.start : quotation.end].split())
    if alone and previous is not None and previous.quotations and number - previous.paragraph <= 1 and words >= MIN_WORDS:
        finding = Finding([content], previous.source, previous.cue, "continued", number, [quotation])
        found.append(finding)
        return finding
    if alone and not quotation.closed:
        finding = Finding([content], None, None, "alone", number, [quotation])
        found.append(finding)
        return finding
    if words >= MIN_WORDS and not _is_title(text[quotation.start : quotation.end]):
        place = next(at for at, atom in enumerate(sentence.atoms) if atom.quoted == quotation)
        if any(atom.lower in language.SIGNS for atom in sentence.atoms[max(0, place - 4) : place]):
            return None  # “whose slogan is “...””
        subject = None if alone else subject_of(sentence, place)
        if subject is None and words < LONE_WORDS:
            return None
        source = _place(sentence.atoms, subject) if subject else None
        finding = Finding([content], source, None, "within" if subject else "alone", number, [quotation])
        found.append(finding)
        return finding
    return None


def _is_title(words: str) -> bool:
    """Whether Every Long Word Has a Capital: the title of a work, a programme or a product."""
    long = [word for word in words.split() if len(word) > 3]
    return bool(long) and all(word.strip("‘'’\"“(")[:1].isupper() or word[0].isdigit() for word in long)
