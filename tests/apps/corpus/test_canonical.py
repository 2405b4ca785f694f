import pytest
from django.core.exceptions import ValidationError

from newsdesk.corpus.canonical import MAX_ADDRESS, canonical_address


@pytest.mark.parametrize(
    ("url", "rule"),
    [
        ("file:///etc/passwd", "begins with 'file'; it must begin with http:// or https://"),
        ("gopher://news.example/", "begins with 'gopher'; it must"),
        ("ftp://news.example/a", "begins with 'ftp'; it must"),
        ("data:text/html,words", "begins with 'data'; it must"),
        ("javascript:alert(1)", "begins with 'javascript'; it must"),
        ("//news.example/a", "begins with '//news.example/a'; it must"),
        ("news.example/a", "begins with 'news.example/a'; it must"),
        ("https:///a", "has no host; write it in full"),
        ("https://./a", "has no host; write it in full"),
        ("https://editor@news.example/", "user name or password in it; leave them out"),
        ("https://editor:secret@news.example/", "user name or password in it; leave them out"),
        ("https://news.example:22/", "has the port 22"),
        ("https://news.example:6379/", "has the port 6379"),
        ("https://news.example:0/", "has the port 0"),
        ("https://news.example:99999/", "is no web address: Port out of range"),
        ("https://news.example:port/", "is no web address: Port could not be cast"),
        ("https://news.example/a\rb", "blanks or control characters in it; percent-encode them"),
        ("https://news.example/a\nb", "blanks or control characters in it; percent-encode them"),
        ("https://news.example/a\tb", "blanks or control characters in it; percent-encode them"),
        ("https://news.example/a b", "blanks or control characters in it; percent-encode them"),
        ("https://news.example/\x00", "blanks or control characters in it; percent-encode them"),
        ("https://[::1/", "is no web address: Invalid IPv6 URL"),
        ("https://news..example\u00e9/", "is no web address: "),
        ("https://news.example/\ud83d", "is no web address: "),
        ("https://news.example/?q=\ud83d", "is no web address: "),
        (f"https://news.example/{'a' * 8192}", f"has 8,213 characters; the limit is {MAX_ADDRESS:,}"),
    ],
)
def test_address_that_breaks_a_rule_is_refused_by_name(url, rule):
    with pytest.raises(ValidationError) as refused:
        canonical_address(url)
    assert rule in refused.value.message_dict["url"][0]


@pytest.mark.parametrize(
    "url",
    [
        "https://news.example/a?id=2",
        "HTTPS://NEWS.Example/a?id=2",
        "https://news.example./a?id=2",
        "https://news.example:443/a?id=2",
        "https://news.example/a?id=2#comments",
        "  https://news.example/a?id=2\n",
        "https://news.example/a?utm_source=mail&id=2&UTM_medium=x&fbclid=1",
        "https://news.example/%61?%69d=2",
    ],
)
def test_spellings_of_one_address_are_one_address(url):
    assert canonical_address(url) == "https://news.example/a?id=2"


@pytest.mark.parametrize("url", ["https://caf\u00e9.example/caf\u00e9", "https://xn--caf-dma.example/caf%c3%a9"])
def test_letters_outside_ascii_become_punycode_in_the_host_and_percent_in_the_path(url):
    assert canonical_address(url) == "https://xn--caf-dma.example/caf%C3%A9"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "http://news.example/a"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://news.example/a", "https://news.example/a/"),
        ("https://news.example/a", "https://news.example:8443/a"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example/?a=1&b=2", "https://news.example/?b=2&a=1"),
        ("https://news.example/?q=%E0", "https://news.example/?q=%E1"),
        ("https://news.example/?q=a%26b", "https://news.example/?q=a&b"),
    ],
)
def test_addresses_that_may_be_of_two_stories_stay_two(one, other):
    assert canonical_address(one) != canonical_address(other)


@pytest.mark.parametrize("url", ["https://news.example/100%", "https://news.example/?q=100%"])
def test_percent_sign_of_its_own_is_encoded(url):
    assert canonical_address(url).endswith("100%25")


def test_address_without_a_path_has_the_root():
    assert canonical_address("https://news.example") == "https://news.example/"


def test_address_of_version_six_keeps_its_brackets():
    assert canonical_address("http://[2001:DB8::1]:8080/a") == "http://[2001:db8::1]:8080/a"


@pytest.mark.parametrize(
    "url",
    [
        "https://caf\u00e9.example/caf\u00e9?q=\u00e9#x",
        "http://news.example:80/%7ea?b=%e0+%26&utm_x=1",
        "https://a.example/100%",
    ],
)
def test_canonical_address_is_its_own_canonical_form(url):
    once = canonical_address(url)
    assert canonical_address(once) == once
