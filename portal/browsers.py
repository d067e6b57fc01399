"""A browser's name for a reader, out of what the browser says of itself."""

BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def name(agent: str) -> str:
    """ "Firefox, Linux"; what is not known is left out, and the start of the raw text stands in when nothing is."""
    known = [next((said for mark, said in table if mark in agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or agent[:60]
