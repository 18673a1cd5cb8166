#!/usr/bin/env bash
# For the other scripts: what they need and the machine lacks is installed, by apt, before it is used.

# Runs as root where the machine asks for it and we are not.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs packages, whatever is there already.
install() {
  as_root apt-get update -qq
  as_root apt-get install -y -qq "$@" >/dev/null
}

# A command, and the package that brings it where it is missing.
installed() {
  command -v "$1" >/dev/null || install "$2"
}

# A Python of our own at that place, so that the system's stays as it is. `python3` may be there without
# what makes one: only making it tells.
python_at() {
  [ -x "$1/bin/pip" ] || python3 -m venv "$1" >/dev/null 2>&1 || {
    install python3-venv
    python3 -m venv "$1"
  }
}
