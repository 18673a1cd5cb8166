#!/bin/sh
# Stands in for Apple's `xcodebuild` in a rehearsal: the package lies ready beside it.
here=$(dirname "$0")
if [ "$1" = -version ]; then
  printf 'Xcode 26.0\nBuild version 17A324\n'
  exit
fi
into=
while [ $# -gt 0 ]; do
  if [ "$1" = -exportPath ]; then into=$2; fi
  shift
done
[ -n "$into" ] || exit 64
mkdir -p "$into" && cp "$here"/exports/* "$into/" || exit 70
echo "** EXPORT SUCCEEDED **"
