#!/bin/sh
# Stands in for Apple's `security` in a rehearsal: keychains are empty files, and the certificates that were
# given count as imported.
here=$(dirname "$0")
set -f
if [ "$1" = -i ]; then
  read -r line || exit 1
  # shellcheck disable=SC2086 # split on purpose, as `security -i` does
  set -- $line
fi
for last in "$@"; do :; done
# A path with blanks in it is one word in quotes.
case ${line-} in *\")
  last=${line%\"}
  last=${last##*\"}
  ;;
esac
case "$1" in
  create-keychain)
    [ ! -e "$last" ] || exit 48
    : >"$last"
    ;;
  set-keychain-settings | unlock-keychain | set-key-partition-list) [ -e "$last" ] || exit 50 ;;
  import) ;;
  list-keychains)
    if [ "$4" != -s ]; then
      cat "$here/search-list"
      exit
    fi
    shift 4
    : >"$here/search-list"
    for path in "$@"; do printf '    "%s"\n' "$path" >>"$here/search-list"; done
    ;;
  find-identity) cat "$here/identities" ;;
  delete-keychain)
    grep -vxF "    \"$2\"" "$here/search-list" >"$here/search-list.new"
    mv "$here/search-list.new" "$here/search-list"
    [ -e "$2" ] || exit 50
    rm "$2"
    ;;
  *)
    echo "security: not played here: $1" >&2
    exit 2
    ;;
esac
