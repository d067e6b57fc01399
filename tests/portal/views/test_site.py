def test_robots_are_sent_away(client):
    response = client.get("/robots.txt")
    assert response.content == b"User-agent: *\nDisallow: /\n"


def test_a_browser_that_guesses_finds_the_mark(client):
    assert client.get("/favicon.ico")["Location"] == "/static/mark.svg"
