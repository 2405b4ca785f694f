"""What furniture says of itself: the words of share bars, newsletter calls, most-read lists and their like.

Each row is a reason, the name of the rule, and what the line must match. Rows in several languages stand together,
since a rule is about what a line does, not about its language. A short line that is nothing but these words counts
as well as one that begins with them; long lines are judged only by rows that say so.
"""

import re
from typing import NamedTuple


class Wording(NamedTuple):
    """A row of the table: why such a line is not the article, and how it is known."""

    reason: str
    rule: str


def _row(reason: str, rule: str, pattern: str) -> tuple[Wording, re.Pattern[str]]:
    return Wording(reason, rule), re.compile(pattern, re.IGNORECASE)


# A line may begin with a bullet, an arrow or a bracket.
_START = r"^[\s\-–—•*·▪»›>|#\[\(]{0,6}"
_END = r"[\s:.!…»›>|\])]{0,4}$"

_LIST_HEADINGS = (
    r"(?:(?:the )?(?:most|top|trending|popular|latest|more|recent|recommended|related|editor'?s?['’]?s? picks?|must[- ]reads?|don['’]?t miss"
    r"|in case you missed|you (?:may|might) (?:also )?(?:like|be interested)|we recommend|what to read next|read next|up next|further reading"
    r"|keep reading|explore more|around the web|from the web|from our partners|top stor(?:y|ies)|hot topics?|key topics|topics?|tags?|filed under"
    r"|more (?:on|from|in|about|news|stories|to explore)|see (?:also|more)|also (?:read|see|on)|popular (?:now|today|stories|in)|stories for you|just in)\b"
    r"|(?:meist ?gelesen|am meisten gelesen|mehr (?:zum thema|aus|von|zu|lesen)|lesen sie auch|auch interessant|das könnte sie|das interessiert"
    r"|weitere (?:artikel|themen|meldungen|nachrichten)|themen|schlagworte|top[- ]themen|empfehlungen|neueste (?:artikel|meldungen|videos)|aktuell(?:e|es)?\b)"
    r"|(?:les plus lus|à lire (?:aussi|également)|lire aussi|lire la suite|voir aussi|sur le même (?:sujet|thème)|dans la même rubrique|à la une"
    r"|articles? (?:liés|similaires|recommandés)|plus d['’]articles|nos derniers|le plus lu|à ne pas manquer|pour aller plus loin)"
    r"|(?:lo más (?:leído|visto)|más (?:leídas?|leídos?|información|noticias|sobre)|te puede interesar|lea también|lee también|leer más|noticias relacionadas"
    r"|relacionad[oa]s|últimas noticias|temas relacionados|archivado en|te recomendamos)"
    r"|(?:i più letti|leggi anche|potrebbe interessarti|articoli correlati|leggi (?:tutto|altri)|ultime notizie|altre notizie|argomenti)"
    r"|(?:mais lidas|leia (?:também|mais)|veja (?:também|mais)|saiba mais|notícias relacionadas|últimas)"
    r"|(?:meest gelezen|lees (?:ook|meer|verder)|bekijk ook|meer over|gerelateerd)"
    r"|(?:mest lest|mest läst|läs (?:också|även|mer)|les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)|luetuimmat)"
    r"|(?:çok okunan|ilgili haberler|son dakika|najczęściej czytane|czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте (?:также|по теме|ещё)|по теме|самое читаемое"
    r"|関連(?:記事|ニュース)|あわせて読みたい|ランキング|おすすめ|相关(?:新闻|阅读)|推荐阅读|热门|延伸閱讀|相關))"
)
_ROWS = (
    _row("legal", "copyright", r"(?:©|\(c\)\s?(?:19|20)\d\d|copyright\b.{0,20}(?:19|20)\d\d|^copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti riservati|無断転載|版权所有)"),
    _row("legal", "terms", _START + r"(?:terms (?:of (?:use|service)|and conditions|& conditions)|privacy (?:policy|notice|settings|center)|your privacy|cookie (?:policy|settings|notice|preferences)|manage (?:cookies|consent|preferences)|do not sell|code of ethics|accessibility|disclaimer|impressum|datenschutz\w*|nutzungsbedingungen|agb|mentions légales|politique de (?:confidentialité|cookies)|aviso legal|política de (?:privacidad|cookies)|licens\w+ & reprints?|corrections?(?: policy)?)" + _END),
    _row("legal", "reprint", r"(?:may not be (?:published|reproduced|republished)|reproduc\w+ .{0,30}without .{0,20}permission|reprint permission|without the express(?:ed)? (?:written )?(?:permission|consent)|request (?:reprint|permissions)|protected by recaptcha|standards? and (?:practices|trust principles)|trust principles)"),
    _row("legal", "cookies", r"(?:we use cookies|uses? cookies|accept (?:all )?cookies|wir verwenden cookies|cookies? (?:zustimmen|akzeptieren)|nous utilisons des cookies|utilizamos cookies|consent to|(?:third|external).{0,20}content.{0,40}(?:cookies|consent|settings)|empfohlener (?:externer|redaktioneller) inhalt|externe[rn]? inhalte? (?:anzeigen|aktivieren|laden)|an dieser stelle finden sie)"),
    _row("promotion", "advertisement", _START + r"(?:advertis(?:e?ment|ing)|advertorial|ad|ads|sponsored(?: content| by.{0,30})?|promoted(?: content)?|paid (?:content|post|for by.{0,30})|story continues below.{0,20}|article continues (?:below|after).{0,30}|continue reading(?: below)?|scroll to continue.{0,30}|anzeige|werbung|publicit[ée]|publicidad|pubblicità|publicidade|annonce|advertentie|reklam[ae]?|mainos|реклама|広告|广告)" + _END),
    _row("promotion", "newsletter", r"(?:newsletters?\b|sign(?:ing)? up (?:for|to|now|here|today)|sign up$|subscribe\b|subscription|inbox\b|unsubscribe|become a (?:member|subscriber)|enter your e?-?mail|your e?-?mail address|daily briefing|abonnieren|abonnement|abonnez-vous|inscrivez-vous|s['’]abonner|suscríbete|suscribirse|iscriviti|assine|prenumerera|meld (?:je|u) aan|e-?mail-?adresse|free trial|start(?: your)? (?:free )?trial|jetzt (?:testen|abo)|\babo\b|réservé aux abonnés|\bemail alerts?\b)"),
    _row("promotion", "follow", r"(?:follow (?:us|@|\w+(?: \w+){0,3} on (?:twitter|x|facebook|instagram|social|google|telegram|whatsapp|linkedin|threads|bluesky))|like us on|join (?:us|our|the conversation on)|(?:find|connect with) us on|on (?:twitter|facebook|instagram|x) (?:@|at @)|folgen sie uns|suivez[- ]nous|síguenos|seguici|siga-nos|volg ons|(?:whatsapp|telegram)[- ](?:channel|kanal|group)|download (?:our|the) (?:free )?\w* ?app\b|get the app|google news|add .{0,30} as a preferred source|preferred source|watch (?:live|now)|listen (?:now|live|to (?:this|the))|our podcast)"),
    _row("promotion", "support", r"(?:support (?:our|independent|quality) (?:work|journalism|news)|make a (?:donation|gift)|donate\b|contribut(?:e|ion) (?:today|now|from as)|buy (?:now|tickets|it here)|shop now|affiliate (?:links?|commission)|earn (?:a|an affiliate) commission|we may (?:earn|receive) .{0,20}commission|gift (?:this )?article|unlock|to (?:continue|keep) reading|already (?:a )?(?:subscriber|member)|read the full (?:story|article) (?:on|at|here)|faire un don|jetzt (?:spenden|unterstützen)|log ?in|sign in|register(?: now)?$|anmelden|einloggen|connectez-vous|iniciar sesión|accedi\b)"),
    _row("comments", "comments", _START + r"(?:\d{1,6} )?(?:comments?(?: \(\d+\)| on this.{0,20}| are closed.{0,30})?|view (?:all )?comments|(?:show|hide|load more|read|post|leave|add|join|write) (?:a |the |your )?(?:\d+ )?(?:comments?|reply|conversation|discussion)(?: \(\d+\))?|reply|replies|report abuse|flag|kommentare?(?: \(\d+\)| schreiben| anzeigen| lesen)?|commentaires?|comentarios?|commenti|comentários?|reacties|kommentarer|have your say.{0,40}|what do you think\??|join the (?:conversation|discussion|debate).{0,30}|share your thoughts.{0,30}|let us know .{0,60}comments?.{0,20}|please read our comment.{0,40}|click to (?:read more|hide|view).{0,30}|be the first to comment.{0,10})" + _END),
    _row("navigation", "share", _START + r"(?:share(?: (?:this|on|via|the|article|story|to|with|full|your).{0,40}| \d+|)|shares?|\d+(?:\.\d)?k? shares?|tweet(?: this)?|pin(?: it)?|post|save(?: (?:article|story|for later))?|bookmark|e-?mail(?: (?:this|article|link|address))?|print(?: (?:this|article|page))?|copy(?: link| url)?(?: (?:copied|to clipboard).{0,20})?|link copied.{0,20}|send|facebook|(?:x \()?twitter\)?|x|instagram|linkedin|whatsapp|telegram|reddit|flipboard|pinterest|tumblr|youtube|tiktok|snapchat|messenger|threads|bluesky|mastodon|xing|pocket|line|vk|sms|rss|teilen|drucken|merken|kopieren|link kopieren|per e-?mail.{0,20}|auf (?:facebook|twitter|whatsapp|x).{0,20}|partager(?: .{0,30})?|imprimer|envoyer.{0,30}|compartir(?: .{0,30})?|guardar|condividi|stampa|compartilh\w+(?: .{0,30})?|delen|dela|del|deel|jaa|paylaş|поделиться|シェア|分享)" + _END),
    _row("navigation", "menu", _START + r"(?:home(?:page)?|menu|search(?: (?:keyword|for|input|the site).{0,20})?|close|back(?: to (?:top|home\w*|article|the top))?|top|next(?: (?:article|story|post|page|slide))?|prev(?:ious)?(?: (?:article|story|post|page))?|skip (?:to|ad|advertisement).{0,30}|(?:view|see|show|load|read|watch|explore) (?:all|more|less|full.{0,20}|gallery|comments|images?|\d+ (?:images?|photos?|comments?)|the latest).{0,30}|more|expand|collapse|open|play(?: (?:video|now|audio|again))?|pause|mute|unmute|replay|listen|watch|video|videos|audio|photos?|gallery|image \d+ of \d+|\d+ ?(?:/|of) ?\d+|\d+ images?|loading\.*|toggle.{0,30}|about(?: us)?|contact(?: us)?|help|faqs?|careers|jobs|advertise(?: with us)?|newsroom|sitemap|site map|site index|feedback|customer service|news|politics|business|sports?|opinion|world|entertainment|lifestyle|technology|tech|health|science|weather|travel|culture|live|startseite|zur startseite|zum thema|mehr|weiter|zurück|suche|nach oben|accueil|recherche|inicio|buscar|cerca|início|a-z|english|deutsch|français|español|live (?:tv|blog|updates?)|now playing|up next|click to play.{0,20}|video (?:loading|unavailable|player.{0,20}|caption.{0,30})|this video .{0,40}|your browser does not.{0,60}|the video will .{0,40}|javascript .{0,40}|please enable .{0,40}|font size|text size|translate|dark mode|reading (?:list|time).{0,10}|\d{1,3} min(?:ute)?s?(?: read|\.? lesezeit| de lecture| de lectura)?)" + _END),
    _row("link-list", "list heading", _START + _LIST_HEADINGS),
    _row("link-list", "read also", _START + r"(?:read (?:also|more|next|the (?:full|latest|original)|our)|also read|more ?:|related(?: stor(?:y|ies)| articles?| content| news| coverage| topics?| links?| posts?)?\b ?:?|see also|see more|watch ?:|listen ?:|video ?:|photos? ?:|gallery ?:|in pictures ?:|opinion ?[:|]|analysis ?:|explained? ?:|exclusive ?:|lesen sie (?:auch|mehr|hier|dazu)|mehr dazu|siehe auch|lire (?:aussi|également|l['’]article)|à lire (?:aussi|également)?|voir aussi|[>»►▶→] |lea (?:también|más|además)|leer (?:más|también)|ver (?:más|también)|leggi (?:anche|pure)|leia (?:também|mais)|lees (?:ook|meer)|les også|läs (?:också|även|mer)|читайте)"),
    _row("caption", "credit", r"(?:(?:photo|image|picture|pic|file|video|illustration|graphic|foto|bild|quelle|photographer|crédits?|credits?|copyright|source|fotos?|imagen|immagine)s?(?: (?:credits?|by|from|source|courtesy|illustration|via))?\s?[:/©]|\((?:photo|image|picture|ap photo|foto|bild|file|reuters|afp|getty)\b|(?:getty(?: images)?|reuters|\bafp\b|\bap photo|/ap\b|shutterstock|alamy|picture[- ]alliance|\bdpa\b|imago|epa-efe|\bepa\b|\bansa\b|anadolu|bloomberg via|zuma|istock|unsplash|wikimedia|screengrab|screenshot|file photo|handout|pexels|pa media|pa wire|ritzau|\btt\b|keystone)\W{0,3}(?:\w+\W{0,3}){0,3}$|photograph ?:|credit ?:|pictured?(?: (?:above|left|right|here|in))?:|view image in fullscreen|(?:enlarge|click to) .{0,20}image|image (?:caption|source|:)|image\b.{0,3}©)"),
    _row("other", "about the author", r"(?:^(?:about the author|\w+(?: \w+){0,3} (?:is|was) (?:a|an|the) .{0,60}(?:reporter|correspondent|editor|columnist|journalist|writer|author|contributor)\b)|can be reached at|follow (?:him|her|them) (?:on|@)|contact (?:him|her|the (?:author|writer|reporter))|(?:reporting|edited|editing|additional reporting|writing|compiled|translated) by .{3,60}$|contributed to this (?:report|story|article)|contact .{0,30} at \S+@|e-?mail ?: ?\S+@|got a (?:news )?(?:tip|story)|have (?:a|you got a) (?:story|tip)|\S+@\S+\.\w{2,4}$)"),
    _row("other", "source notice", r"(?:(?:first|originally) (?:published|appeared|posted)|(?:this|the) (?:article|story|report|piece|post|content) (?:was|is|has been|first|originally|may) |republished (?:from|with|under)|with (?:inputs?|files|reporting|material) from|generated by (?:ai|artificial)|correction ?:|editor['’]?s note|clarification ?:|update(?:d)? ?:|dieser (?:artikel|beitrag|text) (?:ist|wurde|erschien|stammt)|dieses thema im programm|mit material (?:von|der)|quelle ?:|\(?source ?:|fuente ?:|fonte ?:)"),
    _row("other", "time stamp", _START + r"(?:(?:last )?(?:updated?|published|posted|modified|created|first published|aktualisiert|veröffentlicht|erstellt|stand|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd|publicerad|uppdaterad|opdateret|julkaistu)\b.{0,60}\d|\d{1,2} ?(?:h|hr|hrs|hours?|min|mins|minutes?|days?|d|stunden?|minuten|tagen?|jours?|heures?|horas?|días?|ore|uur|timer|tuntia)\.?(?: ago|)" + _END[:-1] + r"$|(?:vor|il y a|hace|há) \d{1,2} \w+|\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?| uhr)?" + _END[:-1] + r"$)"),
)  # fmt: skip
LONG = 200
"""A line of this many characters is prose, in which such words may stand by chance."""


def wordings(line: str) -> list[Wording]:
    """What this line says of itself; empty if nothing."""
    return [wording for wording, pattern in _ROWS if pattern.search(line[: 2 * LONG])]
