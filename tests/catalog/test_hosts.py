import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.hosts import clean_host, clean_hosts


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("api.example.org", "api.example.org"),
        ("  API.Example.ORG.  ", "api.example.org"),
        ("https://api.example.org/v1/things?x=1", "api.example.org"),
        ("https://user:secret@api.example.org:8443/", "api.example.org"),
        ("api.example.org:8443", "api.example.org"),
        ("//api.example.org/v1", "api.example.org"),
        ("api.example.org/v1", "api.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("192.0.2.7", "192.0.2.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("intranet", "intranet"),
    ],
)
def test_a_host_is_read_from_what_people_paste(typed, host):
    assert clean_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    ["not a host", "-a.example", "a..b", "a_b.example", "300.1.2", "https://", "a.example:99999", "x" * 300, ":"],
)
def test_what_is_no_host_gets_a_sentence(typed):
    with pytest.raises(ValueError, match="“"):
        clean_host(typed)


def test_lines_keep_their_order_and_repeats_go():
    assert clean_hosts("b.example\nhttps://a.example/\n\nB.example, c.example") == (
        ["b.example", "a.example", "c.example"],
        [],
    )


def test_each_bad_line_is_named():
    hosts, errors = clean_hosts("a.example\nno host\n")
    assert hosts == ["a.example"]
    assert len(errors) == 1
    assert "no host" in errors[0]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_ends_as_clean_hosts_or_sentences(text):
    hosts, errors = clean_hosts(text)
    assert all(clean_host(host) == host for host in hosts)
    assert all(len(host) <= 253 and host.isascii() for host in hosts)
    assert (
        hosts
        or errors
        or not text.strip(" \n,;\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0")
        or not "".join(text.split()).strip(",;")
    )
