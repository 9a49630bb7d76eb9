"""Pages as a test reads them: the document, the words of some elements, the number of queries."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

# Text that does harm where a page does not escape it.
HOSTILE = '<script>alert(1)</script> & "O\'Brien" {{ 7 }} {0} {'


def open_page(client: Client, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.headers.get("Location"))
    return html.document_fromstring(answer.content.decode())


def list_texts(element: html.HtmlElement, path: str) -> list[str]:
    """The text of each element below this one that a CSS selector finds, without line breaks."""
    return [" ".join(part.text_content().split()) for part in element.cssselect(path)]


def read_text(client: Client, address: str) -> str:
    """The visible text of a page or a file."""
    return " ".join(open_page(client, address).text_content().split())


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def read_markup(client: Client, address: str) -> str:
    """The HTML of a page as one line."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())
