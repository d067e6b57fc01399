"""Pictures that carry a credential give it back byte for byte; other files get a sentence."""

import io
import zlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib.ob3 import OB3Verifier
from PIL import Image

from tests.training.badges.making import BASE, issued, key
from training.badges import baking, jws, picture
from training.badges.credential import document

SVG, PNG = picture.svg("Foundations", 1, "C4E & Co"), picture.png("Foundations", 1, "C4E & Co")
json_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60).map(lambda text: "{" + text + "}")
tokens = st.text(alphabet="abcXYZ019-_.", min_size=3, max_size=80)


@given(tokens | json_texts)
def test_what_is_baked_comes_out_byte_for_byte(credential):
    assert baking.unbake(baking.bake_svg(SVG, credential).encode()) == credential
    assert baking.unbake(baking.bake_png(PNG, credential)) == credential


def test_baking_again_replaces_what_was_in_it():
    assert baking.unbake(baking.bake_png(baking.bake_png(PNG, "a.b.c"), "d.e.f")) == "d.e.f"


def test_the_picture_still_is_a_picture_and_others_find_the_badge_in_it():
    token = jws.sign(document(issued()), key(), BASE)
    baked = baking.bake_png(PNG, token)
    with Image.open(io.BytesIO(baked)) as image:
        assert image.size == (512, 512)
        image.load()
    assert OB3Verifier.extract_token_from_png(baked) == token
    assert OB3Verifier.extract_token_from_svg(baking.bake_svg(SVG, token).encode()) == token


def test_a_picture_that_was_saved_anew_has_lost_its_badge_and_says_so():
    out = io.BytesIO()
    with Image.open(io.BytesIO(baking.bake_png(PNG, "a.b.c"))) as image:
        image.resize((64, 64)).save(out, "PNG")
    with pytest.raises(baking.NotBaked, match="carries no badge"):
        baking.unbake(out.getvalue())


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
PACKED = baking.chunk(b"iTXt", baking.KEYWORD + b"\0\1\0\0\0" + zlib.compress(b"x" * 10_000))


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (SVG.encode(), "carries no badge"),
        (PNG, "carries no badge"),
        (BOMB, "not an SVG"),
        (b"<svg", "not an SVG"),
        (PNG[:60], "cut off|damaged"),
        (PNG[:40] + b"x" + PNG[41:], "damaged|cut off"),
        (PNG[:33] + PACKED + PNG[33:], "packed in a way"),
        (b"\xff\xfe\x00", "neither a picture"),
        (b"x" * (baking.LARGEST + 1), "larger than 5 MB"),
    ],
    ids=["plain svg", "plain png", "entities", "broken svg", "cut", "damaged", "packed", "binary", "large"],
)
def test_other_files_get_a_sentence(data, part):
    with pytest.raises(baking.NotBaked, match=part):
        baking.unbake(data)


@given(st.binary(max_size=300))
def test_no_bytes_stop_the_unbaking(data):
    for content in (data, baking.PNG + data, b"<" + data):
        with suppress(baking.NotBaked):
            baking.unbake(content)


def test_the_svg_says_what_it_is_and_keeps_strange_names_harmless():
    found = picture.svg('<script>"x"</script>', 2, "A & B")
    assert "<script>" not in found and "&amp;" in found and 'role="img"' in found
