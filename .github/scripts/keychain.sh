#!/usr/bin/env bash
# On a Mac: a certificate that nobody trusts goes into a temporary keychain of Apple's own `security`, macOS says
# that it can't sign, and the machine is as it was before. Takes the program as its argument.
set -euo pipefail
jetway=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/../.."
fixtures=$PWD/tests/fixtures/signing
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p "$place/Demo.xcarchive/Products/Applications/Demo.app" "$place/scratch"
list() {
  printf '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>%s</dict></plist>\n' "$1"
}
list '<key>ApplicationProperties</key><dict><key>Team</key><string>ABCDE12345</string></dict>' \
  >"$place/Demo.xcarchive/Info.plist"
list '<key>CFBundleIdentifier</key><string>com.example.demo</string><key>DTPlatformName</key><string>iphoneos</string>' \
  >"$place/Demo.xcarchive/Products/Applications/Demo.app/Info.plist"

machine() {
  security list-keychains -d user
  security default-keychain -d user || true
  ls -A "$place/scratch" "$HOME/Library/MobileDevice/Provisioning Profiles" \
    "$HOME/Library/Developer/Xcode/UserData/Provisioning Profiles" 2>/dev/null || true
}
machine >"$place/before"
code=0
RUNNER_TEMP=$place/scratch JETWAY_CERTIFICATE=$fixtures/modern.p12 JETWAY_CERTIFICATE_PASSWORD='tüst "1' \
  "$jetway" export "$place/Demo.xcarchive" --output "$place/output" --report "$place/report.json" \
  --provisioning-profile "$fixtures/every-app.mobileprovision" || code=$?
machine >"$place/after"
diff "$place/before" "$place/after"
if [ "$code" != 1 ] || ! grep -q '"certificate-not-valid"' "$place/report.json"; then
  echo "expected certificate-not-valid and exit code 1, got $code"
  cat "$place/report.json"
  exit 1
fi
