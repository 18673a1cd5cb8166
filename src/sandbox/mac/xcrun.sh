#!/bin/sh
# Stands in for Apple's `xcrun altool` in a rehearsal: what is uploaded is looked at and goes nowhere.
[ "$1" = altool ] || exit 72
shift
case "$1" in
  --version) echo "26.40.1 (174001)" ;;
  --list-providers)
    echo '{"providers":[{"name":"Example","public-id":"69a6de71-0000-47e3-e053-5b8c7c11a4d1"}]}'
    ;;
  --list-apps)
    shift 2
    printf '{"apps":[{"apple-id":"6446000001","bundle-id":"%s"}]}\n' "$1"
    ;;
  --build-status) echo "ERROR: no build of this number" >&2 ;;
  --upload-package)
    [ -r "$2" ] || exit 1
    echo '{"success-message":"No errors uploading archive","details":{"delivery-uuid":"5a4db0c5-0000-4000-8000-000000000001"}}'
    ;;
  *)
    echo "altool: not played here: $1" >&2
    exit 1
    ;;
esac
