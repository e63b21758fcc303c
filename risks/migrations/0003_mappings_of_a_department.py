import django.db.models.deletion
from django.db import migrations, models


def give_to_departments(apps, schema_editor):
    """What was remembered for a whole programme is that of the department which brought such a register first."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table could not be altered afterwards
    mapping_model = apps.get_model("risks", "ColumnMapping")
    brought = apps.get_model("risks", "RegisterImport").objects.filter(mapping__isnull=False).order_by("-number")
    found = brought.values_list("mapping", "kept_by", "name")
    first = {mapping: (department, name) for mapping, department, name in found}
    for mapping in mapping_model.objects.filter(department__isnull=True):
        department, name = first.get(mapping.pk, (mapping.kept_by_id, ""))
        mapping_model.objects.filter(pk=mapping.pk).update(department=department, name=name)


class Migration(migrations.Migration):
    # In one step: there is no moment in which a mapping is nobody's.

    dependencies = [
        ('accounts', '0001_initial'),
        ('risks', '0002_answered_at_score'),
    ]

    operations = [
        migrations.AddField(
            model_name='columnmapping',
            name='department',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='department whose register it is'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='name',
            field=models.CharField(blank=True, max_length=200, verbose_name='file that it was first matched for'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='number',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='columnmapping',
            name='sheet',
            field=models.CharField(blank=True, max_length=100, verbose_name='sheet'),
        ),
        migrations.AddField(
            model_name='historicalcolumnmapping',
            name='department',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='accounts.department', verbose_name='department whose register it is'),
        ),
        migrations.AddField(
            model_name='historicalcolumnmapping',
            name='name',
            field=models.CharField(blank=True, max_length=200, verbose_name='file that it was first matched for'),
        ),
        migrations.AddField(
            model_name='historicalcolumnmapping',
            name='number',
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name='number'),
        ),
        migrations.AddField(
            model_name='historicalcolumnmapping',
            name='sheet',
            field=models.CharField(blank=True, max_length=100, verbose_name='sheet'),
        ),
        migrations.RunPython(give_to_departments, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='columnmapping',
            name='one_mapping_for_the_same_headers',
        ),
        migrations.AlterField(
            model_name='columnmapping',
            name='department',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.department', verbose_name='department whose register it is'),
        ),
        migrations.AddConstraint(
            model_name='columnmapping',
            constraint=models.UniqueConstraint(fields=('programme', 'department', 'fingerprint', 'sheet', 'number'), name='one_mapping_of_a_number_for_the_same_headers'),
        ),
    ]
