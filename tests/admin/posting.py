"""What a browser would send: the forms of a page as they were served, with some fields changed."""

from django.urls import reverse


def address(record, page="change"):
    return reverse(f"admin:claims_{record._meta.model_name}_{page}", args=[record.pk])


def listing(model, page="changelist"):
    return reverse(f"admin:claims_{model._meta.model_name}_{page}")


def fields_of(form):
    for bound in form:
        value = bound.field.prepare_value(bound.value())
        if value is None or value is False or value == "":
            continue
        yield bound.html_name, "on" if value is True else value


def as_served(response):
    context = response.context
    data = dict(fields_of(context["adminform"].form))
    for inline in context["inline_admin_formsets"]:
        data |= dict(fields_of(inline.formset.management_form))
        for form in inline.formset.forms:
            data |= dict(fields_of(form))
    return data


def send(client, url, changes=None, *, button="_continue", drop=(), follow=True):
    """Open the page, change some fields, press a button."""
    data = as_served(client.get(url)) | (changes or {})
    data = {name: value for name, value in data.items() if name not in drop}
    return client.post(url, data | {button: "1"}, follow=follow)


def row_of(response, record, prefix="links"):
    """The number of the row that holds the record."""
    for inline in response.context["inline_admin_formsets"]:
        if inline.formset.prefix == prefix:
            return next(i for i, form in enumerate(inline.formset.forms) if form.instance.pk == record.pk)
    raise AssertionError(f"no inline {prefix}")


def text(response):
    return response.content.decode()


def errors_of(response):
    return " ".join(str(error) for error in response.context["errors"])
