"""From bytes to a document: which standard it is, within bounds."""

import json
from typing import Any

from django.utils.translation import gettext as _

from catalog.sbom import cyclonedx, spdx
from catalog.sbom.document import BadSbom, Document

LARGEST = 20 * 1_048_576
MARK = b"\xef\xbb\xbf"
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff")


def read(content: bytes) -> Document:
    """Raises BadSbom with a sentence that says what to do."""
    if len(content) > LARGEST:
        raise BadSbom(_("The file is larger than 20 MB."))
    content = content.removeprefix(MARK)
    if content[:2] in OTHER_ENCODINGS or b"\x00" in content[:4]:
        raise BadSbom(_("The file is not UTF-8. Save it as UTF-8."))
    if content.lstrip()[:1] == b"<":
        return cyclonedx.of_xml(content)
    found = parsed(content)
    try:
        return by_standard(found)
    except (AttributeError, TypeError, KeyError) as error:
        raise BadSbom(_("It is not in the form of its standard: %(error)s") % {"error": str(error)[:200]}) from None


def parsed(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content.decode(), object_pairs_hook=once, parse_constant=no_constant)
    except UnicodeDecodeError:
        raise BadSbom(_("The file is not UTF-8. Save it as UTF-8.")) from None
    except RecursionError:
        raise BadSbom(_("The file is nested too deep.")) from None
    except ValueError as error:
        raise BadSbom(_("This is neither JSON nor XML: %(error)s") % {"error": str(error)[:200]}) from None
    if not isinstance(found, dict):
        raise BadSbom(_("A bill of materials is one object with fields."))
    return found


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a key stand twice and takes the last; two readers could then see two things."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadSbom(_("A field stands twice in the same object."))
    return found


def no_constant(name: str) -> Any:
    raise BadSbom(_("“%(name)s” is no JSON.") % {"name": name})


def by_standard(found: dict[str, Any]) -> Document:
    if found.get("bomFormat") == "CycloneDX":
        return cyclonedx.of_json(found)
    if str(found.get("spdxVersion", "")).startswith("SPDX-2."):
        return spdx.of_version_2(found)
    if "@graph" in found and "spdx.org" in str(found.get("@context")):
        return spdx.of_version_3(found)
    if "artifacts" in found and "descriptor" in found:
        raise BadSbom(_("This is Syft's own format. Write a standard one: syft scan dir:. -o cyclonedx-json"))
    raise BadSbom(_("This is neither CycloneDX nor SPDX. Export one of them from your build tool."))
