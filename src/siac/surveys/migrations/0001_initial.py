# SPDX-License-Identifier: EUPL-1.2
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE TRIGGER surveys_surveyversion_guard BEFORE UPDATE OR DELETE ON surveys_surveyversion
  FOR EACH ROW EXECUTE FUNCTION organizations_version_guard();
"""
UNGUARD = "DROP TRIGGER surveys_surveyversion_guard ON surveys_surveyversion;"


class Migration(migrations.Migration):
    """Surveys in versions."""

    initial = True

    dependencies = [
        ('organizations', '0012_absences'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='versión')),
                ('name', models.CharField(max_length=150, verbose_name='nombre')),
                ('title', models.CharField(max_length=150, verbose_name='título')),
                ('intro', models.CharField(blank=True, max_length=2000, verbose_name='presentación')),
                ('thanks', models.CharField(blank=True, max_length=1000, verbose_name='agradecimiento')),
                ('questionnaire', models.JSONField(verbose_name='preguntas')),
                ('good_from', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nota buena desde')),
                ('bad_to', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='nota mala hasta')),
                ('least', models.PositiveSmallIntegerField(default=5, verbose_name='grupo más pequeño que se muestra')),
                ('is_active', models.BooleanField(default=True, verbose_name='recibe respuestas')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.institution')),
            ],
            options={
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='SurveyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('fields', models.JSONField()),
                ('based_on', models.PositiveIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('survey', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='surveys.survey')),
            ],
            options={
                'ordering': ('survey', '-number'),
            },
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.UniqueConstraint(models.F('institution'), models.F('name'), name='surveys_survey_name'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(('least__gte', 1), ('least__lte', 100)), name='surveys_least'),
        ),
        migrations.AddConstraint(
            model_name='survey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('bad_to', None), ('good_from', None)), ('bad_to__lt', models.F('good_from')), _connector='OR'), name='surveys_grades_apart'),
        ),
        migrations.AddConstraint(
            model_name='surveyversion',
            constraint=models.UniqueConstraint(models.F('survey'), models.F('number'), name='surveys_survey_version'),
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
