"""The bill of materials: what the bundle carries, and what it was built with, as CycloneDX."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import License, LicenseAcknowledgement
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from generator.bundle.licences import Carried, Shipped
from generator.bundle.lock_file import LockedPackage

VERSION = SchemaVersion.V1_6


def bill_of_materials(
    name: str,
    version: str,
    day: str,
    files: Mapping[str, bytes],
    parts: tuple[
        Iterable[Shipped], Iterable[LockedPackage], Mapping[str, str], Mapping[str, Sequence[Carried]]
    ],
) -> str:
    """Return the bill of materials as JSON, dated by an ISO day and numbered by what the bundle holds.

    ``parts`` are what of others' is in the files, the packages that the build took, package → licence, and
    package → what its wheel carries.
    The bundle itself bears no licence here: that is for its owners to say.
    """
    whole = sha256(b"".join(sha256(files[path]).digest() + path.encode() for path in sorted(files)))
    shipped, tools, licences, carried = parts
    versions = {tool.name: tool.version for tool in tools}
    components = [
        *(_shipped(one, versions) for one in shipped),
        *(_tool(one, licences, carried) for one in tools),
        *_files(files),
    ]
    root = Component(
        name=name, version=version, type=ComponentType.APPLICATION, bom_ref="bundle", hashes=[_hash(whole)]
    )
    bom = Bom(
        components=components,
        serial_number=_number(whole.hexdigest()),
        metadata=BomMetaData(component=root, timestamp=datetime.fromisoformat(day).replace(tzinfo=UTC)),
    )
    bom.register_dependency(root, components)
    text = make_outputter(bom, OutputFormat.JSON, VERSION).output_as_string()
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _number(digest: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"sha256:{digest}")


def _hash(whole: object) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=whole.hexdigest())  # type: ignore[attr-defined]


def _shipped(one: Shipped, versions: Mapping[str, str]) -> Component:
    version = versions[one.package] if one.package else one.version or None
    kind = "pypi" if one.package else one.purl
    return Component(
        name=one.name,
        version=version,
        type=ComponentType.LIBRARY,
        bom_ref=f"shipped:{one.name}",
        scope=ComponentScope.REQUIRED,
        purl=PackageURL(kind, name=one.name, version=version) if kind else None,
        licenses=[_licence(one.licence)],
        copyright=one.copyright,
        description=one.place,
    )


def _tool(
    one: LockedPackage, licences: Mapping[str, str], carried: Mapping[str, Sequence[Carried]]
) -> Component:
    """Return a package of the build with what is in it; ``excluded``: the bundle does not carry it."""
    return Component(
        name=one.name,
        version=one.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"tool:{one.name}@{one.version}",
        scope=ComponentScope.EXCLUDED,
        purl=PackageURL("pypi", name=one.name, version=one.version),
        licenses=[_licence(licences[one.name])],
        # One hash for each file of the package, for every system that it is locked for.
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=content) for content in one.hashes],
        components=[_inside(one, part) for part in carried.get(one.name, ())],
    )


def _inside(package: LockedPackage, one: Carried) -> Component:
    return Component(
        name=one.name,
        version=one.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=f"inside:{package.name}:{one.name}@{one.version}",
        scope=ComponentScope.EXCLUDED,
        purl=PackageURL.from_string(one.purl) if one.purl else None,
        licenses=[_licence(one.licence)],
    )


def _files(files: Mapping[str, bytes]) -> Iterator[Component]:
    for path in sorted(files):
        yield Component(
            name=path,
            type=ComponentType.FILE,
            bom_ref=f"file:{path}",
            scope=ComponentScope.REQUIRED,
            hashes=[_hash(sha256(files[path]))],
        )


def _licence(name: str) -> License:
    return LicenseFactory().make_from_string(name, license_acknowledgement=LicenseAcknowledgement.DECLARED)
