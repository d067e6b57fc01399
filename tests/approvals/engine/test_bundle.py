import io
import tarfile
import zipfile

import pytest

from approvals.engine import bundle

REGO = b"package a\nimport rego.v1\ndeny contains 1 if false\n"


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


@pytest.mark.parametrize("packed", [zipped, tarred])
def test_a_conftest_bundle_is_one_policy_and_names_what_it_leaves_out(packed):
    found = bundle.read("b.zip", packed({
        "policy/hosts.rego": REGO, "policy/hosts_test.rego": REGO, "policy/data.json": b'{"a": 1}', "README.md": b"x",
    }))  # fmt: skip
    assert [(one.slug, one.mode, one.data, len(one.modules)) for one in found.policies] == [
        ("hosts", "warn", {"a": 1}, 1)
    ]
    assert [name for name, _why in found.unused] == ["policy/hosts_test.rego", "README.md"]


def test_each_folder_with_rego_is_a_policy():
    found = bundle.read("b.zip", zipped({
        "a/x.rego": REGO, "a/policy.yaml": b"title: Alpha\nseverity: high\nmode: enforce\n", "b/y.rego": REGO,
    }))  # fmt: skip
    assert [(one.title, one.severity, one.mode) for one in found.policies] == [
        ("Alpha", "high", "enforce"),
        ("B", "medium", "warn"),
    ]


def test_a_single_file_is_a_policy():
    assert bundle.read("no-hosts.rego", REGO).policies[0].title == "No hosts"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nonsense", "neither"),
        (zipped({"a.txt": b"x"}), "no Rego file"),
        (zipped({"../a.rego": REGO}), "outside"),
        (zipped({"/a.rego": REGO}), "outside"),
        (zipped({f"{n}.rego": b"" for n in range(501)}), "more than 500"),
        (zipped({"a.rego": b"#" * 1_100_000}), "larger than 1 MB"),
        (zipped({f"{n}.rego": b"#" * 1_000_000 for n in range(12)}), "more than it says"),
        (zipped({"a.rego": REGO, "data.yaml": b"- 1"}), "group of fields"),
        (zipped({"a.rego": REGO, "data.yaml": b"a: &x 1\nb: *x"}), "aliases"),
        (zipped({"a.rego": REGO, "data.yaml": b"a: [1"}), "cannot be read as YAML"),
        (zipped({"a.rego": REGO, "policy.yaml": b"mode: loud"}), "one of: off, warn, enforce"),
    ],
)
def test_a_bundle_that_cannot_be_used_says_why(content, said):
    with pytest.raises(bundle.BadBundle, match=said):
        bundle.read("b.zip", content)


def test_a_link_in_a_tar_is_refused():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("a.rego")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    with pytest.raises(bundle.BadBundle, match="link"):
        bundle.read("b.tar.gz", out.getvalue())
