# The project's own Python environment, `.venv`: made once, used again while its pins match.
# Sourced by the commands beside it; the working directory is the project's folder.

NEEDED="3.11"

say() { printf '%s\n' "$*" >&2; }

is_new_enough() {
  "$1" -c "import sys; sys.exit(sys.version_info < (${NEEDED/./, }))" 2>/dev/null
}

find_python() {
  local name
  for name in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
    if command -v "$name" >/dev/null && is_new_enough "$name"; then
      command -v "$name"
      return
    fi
  done
  say "Python $NEEDED or newer is needed, and none was found. Set PYTHON to its path."
  return 1
}

make_environment() {
  local python
  python=$(find_python)
  say "Making the Python environment in .venv with $python."
  rm -rf .venv
  if ! "$python" -m venv .venv; then
    rm -rf .venv
    say "The environment could not be made. On Debian and Ubuntu: apt install python3-venv."
    return 1
  fi
}

# prepare_environment FILE...: install the pinned packages of these files, unless that was done.
prepare_environment() {
  .venv/bin/python -c '' 2>/dev/null || make_environment
  local file
  for file in "$@"; do
    cmp -s "$file" ".venv/installed-$file" && continue
    say "Installing the packages of $file. The first time takes about a minute."
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --requirement "$file"
    cp "$file" ".venv/installed-$file"
  done
}
