import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("places", "0002_no_overlaps_and_data_versions"),
    ]

    operations = [
        migrations.AlterModelOptions(name="user", options={}),
        migrations.RemoveConstraint(
            model_name="mandate", name="mandate_ends_after_it_starts"
        ),
        migrations.RemoveConstraint(model_name="mandate", name="mandate_is_given_once"),
        # Each row its own: one default for all rows could not be unique.
        migrations.AddField(
            model_name="mandate",
            name="public_id",
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunSQL(
            "UPDATE people_mandate SET public_id = gen_random_uuid()",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="mandate",
            name="public_id",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="user",
            name="fold",
            field=models.CharField(blank=True, default="", max_length=240),
        ),
        migrations.AddField(
            model_name="user",
            name="password_is_temporary",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="user",
            name="sort_key",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(
                fields=["organisation", "user"], name="mandate_by_office"
            ),
        ),
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["sort_key", "id"], name="user_by_name"),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.CheckConstraint(
                condition=models.Q(ends__isnull=True)
                | models.Q(ends__gte=models.F("starts")),
                name="mandate_does_not_end_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="mandate",
            constraint=models.UniqueConstraint(
                fields=["user", "role", "organisation", "starts"],
                condition=models.Q(ends__isnull=True)
                | models.Q(ends__gt=models.F("starts")),
                name="mandate_is_given_once",
            ),
        ),
    ]
