"""The certificate of a badge as a PDF of one page."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from fpdf import FPDF

from training.badges import picture
from training.models import Award


def latin(text: str) -> str:
    """The built-in typeface knows Western European letters; another letter becomes a question mark, never an error."""
    return text.encode("cp1252", "replace").decode("cp1252")


def pdf(award: Award, public: str) -> bytes:
    """A4, lying. It names the holder: they downloaded it themselves and decide who gets it."""
    page = FPDF(orientation="landscape", format="A4")
    page.set_title(latin(award.certification.title))
    page.set_author(latin(settings.BADGE_ISSUER))
    page.set_auto_page_break(False)
    page.add_page()
    page.set_draw_color(15, 118, 110)
    page.set_line_width(0.8)
    page.rect(10, 10, 277, 190)
    page.image(
        picture.png(award.certification.title, award.certification.level, settings.BADGE_ISSUER), x=118, y=22, w=60
    )
    since = date_format(award.first_awarded_at.astimezone(award.user.zone), "j F Y")
    until = date_format(award.last_day(), "j F Y")
    lines = (
        (88, 14, "", _("This certifies that")),
        (102, 30, "B", award.user.name),
        (118, 14, "", _("earned the badge")),
        (130, 24, "B", award.certification.title),
        (146, 12, "", award.certification.summary),
        (160, 12, "", _("Awarded on %(since)s, valid until %(until)s") % {"since": since, "until": until}),
        (170, 12, "", settings.BADGE_ISSUER),
    )
    for y, size, style, text in lines:
        page.set_xy(20, y)
        page.set_font("Helvetica", style, fitting(page, text, size, style))
        page.cell(257, 10, latin(text), align="C")
    page.set_xy(20, 184)
    page.set_font("Helvetica", "", 9)
    page.set_text_color(70, 70, 70)
    page.cell(257, 8, latin(_("Verify it at %(address)s") % {"address": public}), align="C", link=public)
    return bytes(page.output())


def fitting(page: FPDF, text: str, size: int, style: str) -> int:
    """The size at which the line fits the page."""
    while size > 8:
        page.set_font("Helvetica", style, size)
        if page.get_string_width(latin(text)) < 250:
            break
        size -= 1
    return size
