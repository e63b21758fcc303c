from django.db import migrations

# As what risks were accepted, in the words of `accepted_as`; everybody else who could was the SRO.
ACCOUNTING_OFFICER = 'Lead accounting officer'


def say_the_level(apps, schema_editor):
    """Of acceptances that hold. A version of the row for that is not written: nobody has decided anything."""
    Risk = apps.get_model('risks', 'Risk')
    Acceptance = apps.get_model('risks', 'Acceptance')
    by_officers = Acceptance.objects.filter(ended_at=None, accepted_as=ACCOUNTING_OFFICER).values('risk')
    accepted = Risk.objects.filter(accepted_until__isnull=False)
    accepted.update(accepted_level='SRO')
    accepted.filter(pk__in=by_officers).update(accepted_level='ACCOUNTING_OFFICERS')


class Migration(migrations.Migration):

    dependencies = [
        ('risks', '0004_level_of_acceptance'),
    ]

    operations = [migrations.RunPython(say_the_level, migrations.RunPython.noop)]
