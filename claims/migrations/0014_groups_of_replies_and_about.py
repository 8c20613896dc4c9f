"""What the three groups may do with synonyms, replies and the texts about the site."""

from django.db import migrations

from ._group_rights import grant_rights

REPORTERS = {"view_reply", "add_reply", "change_reply", "view_about", "view_synonyms"}
EDITORS = REPORTERS | {
    "delete_reply", "add_about", "change_about", "delete_about",
    "add_synonyms", "change_synonyms", "delete_synonyms",
}  # fmt: skip
PUBLISHERS = EDITORS | {"publish_reply", "withdraw_reply", "publish_about", "withdraw_about"}
ADDED = {"reporters": REPORTERS, "editors": EDITORS, "publishers": PUBLISHERS}


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0013_replies_and_about"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [grant_rights(ADDED)]
