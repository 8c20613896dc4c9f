import pytest

from claims.models import Speaker, Topic
from tests.admin.posting import listing, post, send
from tests.factories import SpeakerFactory, TopicFactory

pytestmark = pytest.mark.django_db

COMPLETION = "/admin/autocomplete/?app_label=claims&model_name=claim&field_name=topics&term="


@pytest.mark.parametrize("address", ["/admin/claims/claim/?q=", "/admin/auth/user/?q=", COMPLETION])
@pytest.mark.parametrize("search", ["word+" * 1200, "x" * 201, "a+" * 21])
def test_a_search_of_more_words_than_a_database_takes_is_refused(root, address, search):
    response = root.get(address + search)
    assert response.status_code == 400
    assert "at most 200 letters and 20 words" in response.content.decode()


@pytest.mark.parametrize("address", ["/admin/claims/claim/?q=", COMPLETION])
def test_a_search_of_twenty_words_is_answered(root, address):
    assert root.get(address + "a+" * 20).status_code == 200


def test_a_record_is_not_copied_by_a_button_that_no_page_has(root):
    topic = TopicFactory()
    response = send(root, f"/admin/claims/topic/{topic.pk}/change/", {"name": "A copy"}, button="_saveasnew")
    assert response.status_code == 400
    assert Topic.objects.count() == 1


@pytest.mark.parametrize("rows", ["1001", "10000", "+10000", "9" * 5000])
def test_a_form_of_ten_thousand_rows_is_refused_before_they_are_made(
    root, rows, django_assert_max_num_queries
):
    with django_assert_max_num_queries(3):  # session, account, second factor
        response = post(root, listing(Topic, "add"), {"links-TOTAL_FORMS": rows})
    assert response.status_code == 400
    assert "at most 1000 rows" in response.content.decode()


@pytest.mark.parametrize("count", ["-1", "many", "1e3", "", "１２"])
@pytest.mark.parametrize("name", ["roles-TOTAL_FORMS", "roles-INITIAL_FORMS"])
def test_a_number_of_rows_that_is_no_number_is_refused_because_rows_would_be_dropped(root, name, count):
    response = post(root, listing(Speaker, "add"), {"name": "Somebody", name: count})
    assert response.status_code == 400
    assert "can&#x27;t be counted" in response.content.decode()
    assert not Speaker.objects.exists()


def test_a_form_that_announces_fewer_rows_than_it_holds_is_refused(root):
    speaker = SpeakerFactory()
    typed = {
        "name": "Another name",
        "roles-0-title": "Minister",
        "roles-TOTAL_FORMS": "0",
        "roles-INITIAL_FORMS": "0",
    }
    response = send(root, f"/admin/claims/speaker/{speaker.pk}/change/", typed)
    assert response.status_code == 400
    assert Speaker.objects.get().name == speaker.name


@pytest.mark.parametrize("records", ["claims/topic", "auth/group"])
@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "1.5", ""])
def test_an_action_on_what_is_no_record_is_refused(root, records, key):
    response = root.post(f"/admin/{records}/", {"action": "delete_selected", "_selected_action": ["1", key]})
    assert response.status_code == 400
    assert "chosen in the list" in response.content.decode()


def test_signing_in_without_a_page_to_return_to_leads_to_the_desk(client, admin_user):
    client.force_login(admin_user)
    assert client.get("/admin/login/").headers["Location"] == "/admin/"
