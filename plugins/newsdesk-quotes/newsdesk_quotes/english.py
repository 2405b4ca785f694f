"""English: all the words that the rules know, in one place. Another language needs a module of this shape."""

from functools import cache


def _words(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


# What a verb takes as its content: c a clause ("said that ..."), o an object or infinitive ("urged calm", "vowed to stay"),
# q words in quotation marks only ("he continued, “..."). r: the person addressed may stand before the content.
_VERBS = {
    "c": """
    say explain insist conclude assert allege contend observe quip joke exclaim lament complain boast concede reiterate
    elaborate retort clarify opine recount relate stipulate muse swear caution
""",
    "cl": """
    add state claim declare report write post tweet proclaim remark comment estimate reveal disclose rule
    mention specify testify maintain
""",
    "cr": "tell remind assure inform notify text",
    "crl": "reply respond answer",
    "co": """
    argue announce note confirm admit acknowledge stress emphasize emphasise suggest recall deny predict
    propose urge advise demand promise vow pledge recommend counter repeat agree
""",
    "cor": "warn ask promise",
    "o": """
    criticize criticise praise blast slam mock condemn denounce describe discuss question accuse request dismiss reject
    cite thank decry tout ridicule rebuke lambast deride hail apologize apologise blame order defend outline dispute
    refute
""",
    "k": "call dub label brand term characterize characterise",
    "q": """
    continue laugh whisper shout yell cry scream chant sing begin offer read tell inquire wonder interject chime
    volunteer joke snap quote intone mutter murmur plead protest
    remember reflect reason venture wail sigh scoff shrug interrupt challenge rip pitch scold
""",
}  # fmt: skip
_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "swear": "swore sworn", "begin": "began begun",
    "sing": "sang sung", "go": "went gone goes going", "read": "read", "find": "found", "think": "thought",
    "feel": "felt", "speak": "spoke spoken speaking", "put": "put puts putting", "hit": "hit hits hitting",
}  # fmt: skip

PHRASES = {
    "call": ("for", "on", "upon", "out", "into question"), "point": ("out", "to"), "talk": ("about", "of"),
    "speak": ("about", "of", "against", "out against"), "ask": ("for", "about"), "agree": ("with",),
    "complain": ("about", "of"), "boast": ("about", "of"), "joke": ("about",), "warn": ("of", "about", "against"),
    "comment": ("on",), "write": ("about",), "tweet": ("about",), "apologize": ("for",),
    "go": ("on", "on to say", "on to add", "on record"), "lash": ("out at",), "brag": ("about",), "testify": ("about",),
    "hit": ("back at", "back"), "disagree": ("with",), "refer": ("to",), "allude": ("to",), "chime": ("in",),
    "put": ("it",), "quote": ("as saying",),
}  # fmt: skip
"""Words after a verb that belong to the cue. Verbs that are named here and not above speak only with one of them."""

ADVERBS = _words("""
    also then later now never not n't repeatedly further furthermore previously once again still just even often
    sometimes always first only already recently soon ever initially subsequently actually have both all each since
    instead nevertheless nonetheless too reportedly famously flatly long simply
""")  # fmt: skip
ADJECTIVES_LY = _words("early family daily weekly monthly likely elderly friendly supply reply apply assembly italy july")
AUXILIARIES = _words("""
    has have had is was are were be been being will would can could may might must should did does do didn't doesn't
    don't won't wouldn't couldn't hasn't haven't hadn't isn't wasn't can't 've 'd didn’t doesn’t don’t won’t
    wouldn’t couldn’t hasn’t haven’t hadn’t isn’t wasn’t can’t
""")  # fmt: skip
NEGATIONS = _words("""
    not never didn't doesn't don't won't wouldn't hasn't haven't hadn't didn’t doesn’t don’t won’t wouldn’t hasn’t haven’t
    hadn’t
""")  # fmt: skip
BE = _words("is was are were be been being am isn't wasn't isn’t wasn’t")
PRONOUNS = _words("he she they it i we you who")
MALE, FEMALE, PLURAL = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"}), frozenset({"they", "them", "their"})
DETERMINERS = _words("""
    the a an this that these those his her their its our my your some many several most few no any one two three
    four five six another other each every both all
""")  # fmt: skip
PREPOSITIONS = _words("""
    of in on at by for from with to into about against between during under over through near without within after
    before since until per via among across behind like despite amid throughout inside outside toward towards
""")  # fmt: skip
CLAUSE_WORDS = _words("""
    that which when while because as if but or and so than though although where whether how why what unless whereas
    after before since until then yet once
""")  # fmt: skip
WH = _words("how why what whether where when who if which")
TIMES = _words("""
    monday tuesday wednesday thursday friday saturday sunday today yesterday tonight tomorrow earlier later recently
    afterward afterwards again too here there simply jokingly mon tue wed thu fri sat sun
""")  # fmt: skip
DAY_PARTS = frozenset({"morning", "night", "evening", "afternoon", "week", "month"})
MONTHS = _words(
    "january february march april may june july august september october november december "
    "jan feb mar apr aug sept sep oct nov dec"
)
HONORIFICS = {
    "mr": "male", "sir": "male", "lord": "male", "king": "male", "prince": "male", "father": "male", "mrs": "female",
    "daughter": "female", "mother": "female", "wife": "female", "sister": "female", "widow": "female", "aunt": "female",
    "son": "male", "husband": "male", "brother": "male", "uncle": "male", "chairwoman": "female", "spokeswoman": "female",
    "ms": "female", "miss": "female", "lady": "female", "dame": "female", "queen": "female", "princess": "female",
}  # fmt: skip
"""Titles, and the pronoun that goes with them."""
TITLES = _words("""
    mr mrs ms miss dr sir lord lady dame sen senator rep representative gov governor president prime minister
    foreign judge mayor secretary professor prof general gen colonel col lt lieutenant captain capt sgt sergeant
    chancellor chairman chairwoman chief director spokesman spokeswoman spokesperson attorney congressman
    congresswoman king queen prince princess pope rev reverend father bishop archbishop cardinal ambassador
    commissioner officer detective sheriff coach manager deputy vice
""")  # fmt: skip

FUNCTION_WORDS = DETERMINERS | PREPOSITIONS | CLAUSE_WORDS | WH | TIMES | MONTHS | ADVERBS | AUXILIARIES | PRONOUNS
LEADS = PREPOSITIONS | _words("when while if as last earlier later asked although because though once")
"""Words that open what leads into a sentence: “*In* the end, she said ...”."""
INVERTING = _words("said says say wrote writes added adds reported reports explained argued noted tweeted warned announced")
"""Verbs that stand before their subject: “..., said the mayor”."""
CLAUSE_SUBJECTS = _words("he she they it we i there to")
APPOSITION_STARTS = _words("""
a an the his her their who one whose executive chief director president professor spokesman spokeswoman senior former
co-founder founder chairman vice head editor
""")
"""Words with which “Jane Doe, *the* mayor” goes on."""
RESUMING = _words("and but so because even which that who if unless when with in")
"""Words with which what was said goes on after “..., she said,”."""
QUESTIONS = _words("whether if how why what when where who which")
BODIES = _words("""
    group company firm charity party union club agency newspaper bank airline watchdog network broadcaster operator
    utility chain band team retailer carmaker maker publisher committee militia line organisation organization
""")  # fmt: skip
"""Nouns with which a text says what an organisation is: “the Palestinian *group* Hamas”, “the *company*”."""
RELATIONS = _words("""
    neighbour neighbor friend colleague mother father son daughter wife husband brother sister widow aunt uncle cousin
    partner fan
""")  # fmt: skip
"""What somebody is to somebody else, which is no role in public."""
POSSESSIVES = _words("his her its their our my your")
SIGNS = _words("""
    poster posters sign signs banner banners placard placards sticker stickers billboard billboards label labels graffiti
    slogan slogans motto mottoes title titles button buttons t-shirt t-shirts plaque
""")  # fmt: skip
"""What carries words that are nobody's statement."""
TALK = _words("remark comment claim statement suggestion reference move charge allegation assertion point view")
"""Nouns with which a reporter takes over: “... – *a remark* that drew laughter”."""
OCCASIONS = _words("before after as when while during at in on")
"""Words with which the time of speaking follows the verb: “told them *before* they left:”."""
ACTS = _words("shook took gave threw drew stood left sat rose sent handed walked turned held wept laughed")
"""Past forms of what speakers do beside speaking."""
VAGUE = _words("people those anyone everyone someone somebody anybody everybody one ones many some others all men women")
"""Words that name nobody without the clause after them: “people *who have seen the plan*”."""
OCCASION_WORDS = _words("a an the his her their twitter facebook reporters")
TRAILERS = _words("of on in at during after before to about when while as following via by from for with")
"""Words that may go on after “..., she said” without opening the content: “she said *at a news conference*”."""

SURE = _words("said says say told wrote saying telling tells added noted according")
"""Forms that are verbs of speaking wherever they stand."""
STANDALONE = _words("this that these those both all some many most few several others each any")
"""Determiners that are also subjects: “some say”."""
PLURAL_SUBJECTS = _words("""
    i we you they people police many some others most several few both men women all these those democrats percent
""")  # fmt: skip
NOUNISH = _words("""
questions comments remarks details rules states calls posts requests answers thanks protests challenges mentions tweets
quotes addresses reads reports claims demands promises pledges charges orders notes reasons terms brands offers labels
state pledged call comment report claim request challenge rule post question demand promise pledge order remark tweet estimate
reply answer protest blame praise offer quote reason term brand label voice note text estimates replies statements
ruling reporting reading offering writing maintaining
""")
"""Forms that are mostly nouns: verbs only after a pronoun, or where “that” or a quotation follows."""
NOUNS = _words("""
comments remarks requests thanks answers rules questions reasons terms brands labels posts states state pledged
demands promises ruling report
""")
"""Forms that are nouns even before a quotation."""
REPORTS = _words("statement letter tweet email e-mail post message memo release note report speech video press")
"""Things that say what their writer says: “she released a statement saying”."""
IRREGULAR_PAST = _words(
    "shot broke came said told wrote written swore sworn began begun sang sung went gone read found thought felt put "
    "spoke spoken"
)


def _inflect(verb: str) -> set[str]:
    stem = verb[:-1] if verb.endswith("e") else verb
    forms = {verb, verb + "s", stem + "ed", stem + "ing"}
    if verb.endswith("y") and verb[-2] not in "aeiou":
        forms = {verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"}
    elif verb.endswith(("ss", "sh", "ch", "x")):
        forms = {verb, verb + "es", verb + "ed", verb + "ing"}
    elif verb in ("admit", "quip", "rebut", "concur", "rip", "tag", "snap", "chat", "brag", "hit", "begin"):
        forms = {verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    if verb in _IRREGULAR:
        forms = {form for form in forms if not form.endswith("ed")} | set(_IRREGULAR[verb].split())
    return forms


@cache
def verbs() -> dict[str, tuple[str, str]]:
    """Each form of each verb, with the verb and the letters of what it takes."""
    takes: dict[str, str] = {}
    for letters, words in _VERBS.items():
        for verb in words.split():
            takes[verb] = "".join(sorted(set(takes.get(verb, "") + letters)))
    for verb in PHRASES:
        takes.setdefault(verb, "p")
    return {form: (verb, letters) for verb, letters in takes.items() for form in _inflect(verb)}


_ROLE_NOUNS = _words("""
    minister president chairman chairwoman chair spokesman spokeswoman spokesperson senator congressman
    congresswoman governor mayor director manager adviser advisor strategist pollster analyst professor economist
    lawyer attorney judge host editor reporter journalist author activist leader head chief executive ceo founder
    co-founder candidate nominee secretary ambassador general commander officer official aide consultant expert
    researcher scientist historian student teacher coach player captain singer actor actress comedian director
    writer columnist correspondent commissioner sheriff deputy representative lawmaker councilman councilwoman
    delegate voter resident owner farmer doctor physician nurse engineer fellow partner member counsel prosecutor
    detective inspector superintendent principal dean rector chancellor premier king queen prince bishop pastor
    priest rabbi imam organizer organiser operative fundraiser donor billionaire businessman businesswoman investor
    trader veteran supporter mother father son daughter wife husband brother sister widow neighbor neighbour friend
    colleague curator artist musician producer scholar biologist climatologist geologist psychologist sociologist
    anthropologist archaeologist astronomer physicist chemist winner champion striker midfielder goalkeeper defender
    president-elect treasurer comptroller auditor surveyor councillor barrister solicitor magistrate baker forecaster
    meteorologist hatter postman librarian keeper master chairperson clerk warden firefighter paramedic midwife pilot
    driver shopkeeper retailer builder plumber electrician carpenter butcher fisherman sailor architect designer chef
    photographer translator diplomat envoy trustee administrator instructor lecturer tutor headteacher headmaster
    pharmacist chemist statistician mathematician broadcaster presenter composer conductor poet novelist playwright
    dancer painter sculptor vicar publisher landlord tenant guard gardener grocer
""")  # fmt: skip


@cache
def role_nouns() -> frozenset[str]:
    """Words that end the description of a person: “the party’s *spokeswoman*”."""
    return frozenset(_ROLE_NOUNS)


GROUP_NOUNS = _words("""
    sources officials critics experts supporters opponents aides advisers advisors analysts authorities police
    republicans democrats conservatives liberals voters residents witnesses prosecutors lawyers attorneys
    investigators scientists researchers economists lawmakers senators members leaders activists people many some
    others most several few both they reporters campaigners doctors families relatives observers allies friends
    colleagues executives investors traders users students teachers pundits historians scholars strategists
    operatives americans men women protesters organizers organisers workers neighbors neighbours pollsters
    respondents percent parents fans players candidates rivals rebels militants soldiers troops staffers those
    drivers passengers commuters shopkeepers neighbours pupils nurses staff crews surveyors engineers firefighters
    customers growers fishermen miners pilots tenants landlords officers
    attendees delegates diplomats ministers bishops judges jurors
""")  # fmt: skip
DOCUMENT_NOUNS = _words("""
    report statement study survey poll polls lawsuit suit letter memo document documents filing complaint article
    book website site email emails release indictment affidavit ruling transcript records tweet post review paper
    story editorial constitution bill law order petition reports studies analysis data ad video message text note
    blog newsletter magazine piece census audit assessment trial inquiry
    surveys interview speech resolution treaty agreement decree warrant
""")  # fmt: skip
ORGANISATION_NOUNS = _words("""
    state states kingdom republic watch rights brothers sachs street data research systems airways motors
    international global national media sports
    line lines city united rovers wanderers athletic
    campaign government company court committee agency department ministry party bank group university institute
    office bureau association union council commission team club army military police organization organisation
    foundation network newspaper corporation firm federation board league church hospital school administration
    authority senate parliament congress house embassy force service times post journal news press fund center
    centre society alliance coalition airline airlines inc corp ltd co plc pac fbi cia nsa nato un eu dnc rnc gop
""")  # fmt: skip

_MALE_NAMES = _words("""
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond
    patrick jack dennis jerry tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy
    harold keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan bryan joe jordan
    billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene vincent bobby louis philip johnny
    barack bernie ted marco mike bill tim tom jim bob dan steve chris jeff greg ken ben sam max leo oscar ivan
    vladimir sergey sergei dmitry igor boris mikhail pedro carlos luis miguel antonio francisco javier diego pablo
    giovanni marco luca pierre jean francois jacques michel hans klaus jürgen wolfgang karl heinz otto fritz ahmed
    mohammed muhammad ali hassan hussein omar ibrahim mahmoud khalid abdul yusuf hiroshi takashi kenji wei jun ming
    raj rahul arjun sanjay anil narendra winston boris nigel simon graham neil ian colin stuart trevor clive gareth
    rhys liam connor declan mitt rick rudy paul ron harry chuck mitch corey
""")  # fmt: skip
_FEMALE_NAMES = _words("""
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty margaret sandra ashley
    kimberly emily donna michelle carol amanda dorothy melissa deborah stephanie rebecca sharon laura cynthia
    kathleen amy angela shirley anna brenda pamela emma nicole helen samantha katherine christine debra rachel
    carolyn janet catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren christina
    joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa ann sara madison frances kathryn
    janice jean abigail alice julia judy sophia grace denise amber doris marilyn danielle beverly isabella theresa
    diana natalie brittany charlotte marie kayla alexis lori hillary chelsea debbie
    donna nina anne jane kate katie lucy ellen claire fiona alison gillian harriet ingrid astrid ursula angela petra
    sabine monika olga natasha svetlana irina elena ekaterina tatiana fatima aisha leila zainab maryam noor yasmin
    mei yuki keiko sakura priya anita indira rosa carmen lucia sofia elena pilar ines giulia francesca chiara marine
    brigitte simone nathalie theresa nicola elizabeth kamala
""")  # fmt: skip


@cache
def _given_names() -> dict[str, str]:
    return {**dict.fromkeys(_MALE_NAMES, "male"), **dict.fromkeys(_FEMALE_NAMES, "female")}


def given_name_gender(name: str) -> str | None:
    """What a pronoun may stand for it; None for a name that is unknown or borne by both."""
    return _given_names().get(name)
