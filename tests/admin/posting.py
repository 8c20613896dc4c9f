"""Sends what a browser would send: the forms of a page with their values, some of them changed."""

from django.urls import reverse
from zeal import zeal_ignore


def post(client, url, data, *, follow=True):
    """Post the data. Allows a query for each written row, and the queries of a form that is shown again."""
    with zeal_ignore():
        return client.post(url, data, follow=follow)


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
    return press(client, url, as_served(client.get(url)), changes, button=button, drop=drop, follow=follow)


def press(client, url, served, changes=None, *, button="_continue", drop=(), follow=True):
    """Send a page that was opened before, with some fields changed."""
    data = {name: value for name, value in (served | (changes or {})).items() if name not in drop}
    return post(client, url, data | {button: "1"}, follow=follow)


def row_of(response, record, prefix="links"):
    """The number of the inline row that holds the record."""
    for inline in response.context["inline_admin_formsets"]:
        if inline.formset.prefix == prefix:
            return next(i for i, form in enumerate(inline.formset.forms) if form.instance.pk == record.pk)
    raise AssertionError(f"no inline {prefix}")


def text(response):
    return response.content.decode()


def errors_of(response):
    return " ".join(str(error) for error in response.context["errors"])


# Pages that decide


def looked_at(response):
    """The hidden fields of a page of decisions: which version of each record it showed."""
    return {f"seen-{row['record'].pk}": row["seen"] for row in response.context["rows"]}


def decide(client, record, step, reason="Checked.", **more):
    """Open the page of a step, give a reason, press its button."""
    url = address(record, step)
    seen = looked_at(client.get(url))
    return post(client, url, {"reason": reason, **seen, **more})


def choose(client, records, step, reason="Checked.", **more):
    """Tick records in their list, choose a step, give a reason on the page that asks for it."""
    url = listing(type(records[0]))
    chosen = {"action": f"{step}_selected", "_selected_action": [record.pk for record in records]}
    seen = looked_at(post(client, url, chosen))
    return post(client, url, {**chosen, **seen, "reason": reason, **more})


def rule_on(client, proposal, decision, **more):
    """Open the page of a proposal, and press one of its buttons."""
    url = address(proposal)
    seen = client.get(url).context["seen"]
    return post(client, url, {"decision": decision, "seen": seen, **more})
