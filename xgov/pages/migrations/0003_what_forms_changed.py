from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0002_what_forms_made'),
    ]

    operations = [
        migrations.AddField(
            model_name='madebyform',
            name='left_at_version',
            field=models.PositiveIntegerField(null=True),
        ),
    ]
