"""Host names as people write them, read into one form: lower case, no scheme, port or path, IDN as punycode."""

import ipaddress
import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

LABEL = re.compile(r"^(?!-)[a-z0-9-]{1,63}(?<!-)$")
LONGEST = 253
MOST = 100


def clean_host(text: str) -> str:
    """The host in `text`. Raises ValueError with a sentence for the person who typed it."""
    text = text.strip()
    host = bare(text)
    try:
        return str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        pass
    try:
        ascii_host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError:
        ascii_host = ""
    ascii_host = ascii_host.rstrip(".")
    labels = ascii_host.split(".")
    if not ascii_host or len(ascii_host) > LONGEST or not all(LABEL.match(label) for label in labels):
        raise ValueError(_("“%(text)s” is not a host name. Write it like api.example.org.") % {"text": text[:80]})
    if labels[-1].isdigit():
        raise ValueError(_("“%(text)s” is not a full IP address. Write all four numbers.") % {"text": text[:80]})
    return ascii_host


def bare(text: str) -> str:
    """The host part of an address or of host:port; text that is neither comes back as it is."""
    if "://" in text or text.startswith("//"):
        return split_host(text) or text
    if text.count(":") == 1 or text.startswith("[") or "/" in text or "@" in text:
        return split_host(f"//{text}") or text
    return text


def split_host(address: str) -> str:
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (reading it raises ValueError when it is no port)
        return parts.hostname or ""
    except ValueError:
        return ""


def clean_hosts(text: str) -> tuple[list[str], list[str]]:
    """The hosts of a text with one on each line (or separated by commas), without repeats, and a sentence for each bad one."""
    hosts: dict[str, None] = {}
    errors = []
    for line in re.split(r"[\n,;]", text):
        if not line.strip():
            continue
        try:
            hosts[clean_host(line)] = None
        except ValueError as error:
            errors.append(str(error))
    if len(hosts) > MOST:
        errors.append(_("An app names at most %(most)d hosts. Group the calls behind a connector.") % {"most": MOST})
    return list(hosts), errors[:10]
