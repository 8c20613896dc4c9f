"""What the tests of readers' reports share: the form, what is typed, and what a page still holds of it."""

from django.urls import reverse

from tests.views.page import Page

READER = "reader@example.org"
WORDS = "The ministry spoke on the 14th, not on the 13th."
TYPED = {"text": WORDS, "where_to_check": "Its own calendar.", "reader_address": READER}
FORM_TYPE = "application/x-www-form-urlencoded"


def form_of(record):
    return reverse("report-error", args=[record._meta.model_name, record.slug])


def page_of(response):
    return Page(response.content.decode(), "/")


def kept_texts(response):
    """What the page still holds of what was typed."""
    page = page_of(response)
    return {
        **{
            node.attributes["name"]: "".join(node.texts()).removeprefix("\n") for node in page.all("textarea")
        },
        "reader_address": page.one("input", name="reader_address").attributes.get("value", ""),
    }


def words_of(response):
    return page_of(response).one(role="alert").text


def token_of(response):
    return page_of(response).one("input", name="token").attributes["value"]
