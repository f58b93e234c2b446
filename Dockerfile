# One image for web, worker and beat; the command chooses.
FROM python:3.13-slim-bookworm

# Pango and HarfBuzz for WeasyPrint, fonts with French accents. Versions follow the image's release, so the
# same image makes the same bytes of a report.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 portal

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 DJANGO_DEBUG=0 RESEAU_VAR=/srv/var
WORKDIR /srv/portal
COPY requirements/base.txt requirements/base.txt
RUN pip install --disable-pip-version-check --only-binary :all: --require-hashes -r requirements/base.txt
COPY . .
# Static files and catalogues are part of the image; the secrets given here are not used again.
RUN python scripts/compile_messages.py \
 && mkdir -p /srv/var/files \
 && SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgres://build/build REDIS_URL=redis://build/0 \
    python manage.py collectstatic --noinput --verbosity=0 \
 && chown -R portal: /srv/var

USER portal
EXPOSE 8000
CMD ["gunicorn", "reseau.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=4", "--reuse-port", "--timeout=60", "--no-control-socket", "--worker-tmp-dir=/dev/shm", "--access-logfile=-"]
