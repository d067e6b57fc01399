"""Bills of materials (SBOM) as files: CycloneDX 1.2 to 1.7 in JSON or XML, SPDX 2 and 3 in JSON. Pure, and bounded: a hostile
file costs no more than its size allows."""

from catalog.sbom.document import BadSbom, Component, Document
from catalog.sbom.reader import LARGEST, read

__all__ = ["LARGEST", "BadSbom", "Component", "Document", "read"]
