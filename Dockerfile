# corrigenda in a container:
#
#   docker build --tag corrigenda .
#   docker run --rm --volume "$PWD:/copy" corrigenda check .
#
# Reports written into the volume belong to the user 1000; another: docker run --user "$(id -u):$(id -g)" …
# PYTHON names another version (3.11 to 3.14).
ARG PYTHON=3.12

FROM python:${PYTHON}-slim AS build
WORKDIR /source
COPY . .
RUN python -m venv /opt/corrigenda \
    && /opt/corrigenda/bin/python -m pip install --no-cache-dir --require-hashes --no-deps \
        --requirement requirements/tables.lock --requirement requirements/grammar.lock --requirement requirements/build.lock \
    && /opt/corrigenda/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:${PYTHON}-slim
# git tells what changed (--changed-since, --staged); a mounted repository belongs to another user than the container's.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && git config --system --add safe.directory "*" \
    && useradd --create-home --uid 1000 editor
COPY --from=build /opt/corrigenda /opt/corrigenda
ENV PATH="/opt/corrigenda/bin:$PATH" \
    PYTHONUTF8=1 \
    XDG_CACHE_HOME=/tmp/cache
USER 1000
WORKDIR /copy
ENTRYPOINT ["corrigenda"]
CMD ["--help"]
