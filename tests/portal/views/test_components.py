from django.urls import reverse


def test_the_sheet_is_for_staff(client, staff, owner):
    client.force_login(owner)
    response = client.get(reverse("components"))
    assert response.status_code == 403
    assert b"Ask an administrator for the staff role" in response.content
    client.force_login(staff)
    assert client.get(reverse("components")).status_code == 200


def test_the_sheet_reads_nothing_but_the_reader(client, staff, django_assert_max_num_queries):
    client.force_login(staff)
    with django_assert_max_num_queries(8):
        client.get(reverse("components"))
