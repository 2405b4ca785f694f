import codecs

import pytest

from newsdesk.sdk import HTML, PLAIN, examine
from newsdesk.sdk.encoding import decode

# Encodings: marks and labels


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_byte_order_mark_decides_and_is_dropped(encoding):
    content = "\ufeffZoë said".encode(encoding)
    assert decode(content, charset="koi8-r") == ("Zoë said", encoding, {})


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_latin_text_in_utf_16_is_known_without_a_byte_order_mark(encoding):
    assert decode("“Très bien,” said Zoë.".encode(encoding)) == ("“Très bien,” said Zoë.", encoding, {})


@pytest.mark.parametrize("label", ["ISO-8859-1", "latin1", "us-ascii", " Windows-1252 "])
def test_latin_1_is_read_as_windows_1252_as_browsers_do(label):
    assert decode(b"\x93Yes,\x94 she said \x96 caf\xe9", label) == ("“Yes,” she said – café", "cp1252", {})


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("gb2312", "gb18030", "朱镕基说“好”"),
        ("shift_jis", "cp932", "①と髙橋"),
        ("euc-kr", "cp949", "똠방각하"),
        ("iso-8859-9", "cp1254", "“Işık”"),
        ("tis-620", "cp874", "“ไทย”"),
        ("big5", "big5hkscs", "香港嘅"),
        ("windows-1251", "cp1251", "«Да»"),
        ("koi8-r", "koi8-r", "Да"),
        ("x-sjis", "cp932", "髙橋"),
        ("x-euc-jp", "euc_jp", "東京"),
        ("x-gbk", "gb18030", "朱镕基"),
        ("windows-949", "cp949", "똠방각하"),
        ("x-cp1251", "cp1251", "Да"),
        ("windows-874", "cp874", "ไทย"),
        ("iso-8859-8-i", "iso8859-8", "שלום"),
    ],
)
def test_label_is_read_as_widely_as_browsers_read_it(label, encoding, text):
    assert decode(text.encode(encoding), label) == (text, encoding, {})


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="windows-1251">',
        "<META CHARSET=windows-1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        "<meta charset = ' windows-1251 '>",
    ],
)
def test_html_may_declare_its_charset_in_a_meta_element(meta):
    assert decode(f"<html>{meta}<p>Он сказал</p>".encode("cp1251"), None, HTML).encoding == "cp1251"


def test_declared_charset_goes_before_the_meta_element():
    assert decode('<meta charset="koi8-r"><p>Да'.encode("cp1251"), "windows-1251", HTML).text.endswith("Да")


def test_meta_element_in_plain_text_declares_nothing():
    assert decode(b'<meta charset="koi8-r"> caf\xe9 said', None, PLAIN).encoding == "cp1252"


def test_utf_8_that_is_labelled_as_something_else_is_read_as_utf_8_with_a_warning():
    assert decode("“Zoë”".encode(), "windows-1252") == ("“Zoë”", "utf-8", {"charset-mislabelled": 1})


def test_multi_byte_encoding_is_believed_even_where_the_bytes_could_be_utf_8():
    assert decode("“好”".encode("gb18030"), "gbk").text == "“好”"


def test_page_that_says_utf_16_of_itself_in_ascii_is_not():
    assert decode(b'<meta charset="utf-16">Zo\xc3\xab', None, HTML) == ('<meta charset="utf-16">Zoë', "utf-8", {})


@pytest.mark.parametrize(
    "label", ["klingon", "undefined", "rot13", "zlib", "punycode", "unicode-escape", "a" * 10_000, "ä", "\ud800", "a\x00b"]
)
def test_label_of_no_text_encoding_is_passed_over_with_a_warning(label):
    assert decode("“Zoë”".encode(), label) == ("“Zoë”", "utf-8", {"charset-unknown": 1})


def test_ascii_is_reported_as_utf_8_whatever_western_label_it_has():
    assert decode(b"plain", "latin1") == ("plain", "utf-8", {})


# Encodings: faults


NEWS = {
    "French": ("cp1252", "«L’économie se redresse», a déclaré le président à l’été, après l’élection reportée."),
    "German": ("cp1252", "„Die Lösung ist möglich“, erklärte der Präsident und fügte hinzu, dass die Größe zähle."),
    "Spanish": ("cp1252", "«La economía crecerá el próximo año», señaló el ministro en una conversación telefónica."),
    "Swedish": ("cp1252", "”Vi måste göra något åt läget”, säger statsministern på fredagen."),
    "Polish": ("cp1250", "„Gospodarka będzie rosła”, powiedział minister. Większość posłów zagłosowała już wcześniej."),
    "Czech": ("cp1250", "„Ekonomika se zotavuje,“ řekl předseda vlády, který přijel do Prahy v úterý večer."),
    "Hungarian": ("cp1250", "„A gazdaság növekszik” – közölte a miniszterelnök, aki szerint erősödik a költségvetés."),
    "Russian": ("cp1251", "«Мы продолжим работу», — заявил президент на встрече с министрами."),
    "Russian in KOI8": ("koi8-r", "Мы продолжим работу, заявил президент на встрече с министрами."),
    "Ukrainian": ("cp1251", "«Ми продовжимо роботу», — заявив президент під час зустрічі з міністрами."),
    "Greek": ("cp1253", "Ο πρωθυπουργός δήλωσε ότι «η οικονομία ανακάμπτει» σήμερα στην Αθήνα."),
    "Turkish": ("cp1254", "Cumhurbaşkanı dün İstanbul’da yaptığı açıklamada “ekonomi güçleniyor” dedi."),
    "Hebrew": ("cp1255", "ראש הממשלה אמר כי הכלכלה מתאוששת והממשלה תמשיך לפעול למען האזרחים."),
    "Arabic": ("cp1256", "قال رئيس الوزراء إن الاقتصاد يتعافى وإن الحكومة ستواصل العمل."),
    "Lithuanian": ("cp1257", "„Ūkis auga“, – sakė ministras pirmininkas, žurnalistų paklaustas apie šių metų biudžetą."),
    "Thai": ("cp874", "นายกรัฐมนตรีกล่าวว่าเศรษฐกิจกำลังฟื้นตัว"),
    "Chinese, simplified": ("gb18030", "总统表示：“我们将继续努力”，记者会上他说明年将完成。北京市政府今天宣布。"),
    "Chinese, traditional": ("big5hkscs", "總統表示：「我們將繼續努力」，記者會上他說明年將完成。台北市政府今天宣布。"),
    "Japanese": ("cp932", "東京都知事は「来年までに完成する」と述べた。記者会見で明らかにした。"),
    "Japanese in EUC": ("euc_jp", "東京都知事は「来年までに完成する」と述べた。記者会見で明らかにした。"),
    "Korean": ("cp949", "대통령은 기자회견에서 “경제가 회복되고 있다”고 말했다. 국회는 내일 법안을 표결한다."),
}


@pytest.mark.parametrize(("encoding", "text"), NEWS.values(), ids=NEWS)
def test_news_in_a_legacy_encoding_without_a_label_is_read_rightly(encoding, text):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "text"), NEWS.values(), ids=NEWS)
def test_markup_in_ascii_around_the_news_does_not_mislead(encoding, text):
    assert text in decode(f"<html><p class='words'>\n{text}\n</p>".encode(encoding), None, HTML).text


def test_few_bytes_that_are_no_utf_8_are_replaced_and_counted():
    content = "Zoë said “yes” – ".encode() * 20 + b"caf\xe9 \xff"
    assert decode(content, "utf-8").warnings == {"undecodable-replaced": 2}


def test_few_bytes_that_are_no_utf_8_do_not_stop_the_document():
    assert examine("Zoë said “yes” – ".encode() * 20 + b"caf\xe9").decoded.text.endswith("caf\ufffd")


def test_windows_1252_declared_as_utf_8_is_found_out():
    assert decode(b"\x93Yes,\x94 she said \x96 caf\xe9", "utf-8") == (
        "“Yes,” she said – café",
        "cp1252",
        {"charset-guessed": 1},
    )


def test_cleaning_is_counted_beside_decoding():
    assert decode(b"a\x00b\x93", "latin1") == ("ab“", "cp1252", {"nul-removed": 1})


def test_nothing_decodes_to_nothing():
    assert decode(b"") == ("", "utf-8", {})


@pytest.mark.parametrize("bom", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_byte_order_mark_alone_decodes_to_nothing(bom):
    assert decode(bom).text == ""
