#!/usr/bin/env bash
# On a Mac that may be changed: a certificate of its own making is trusted for a moment, and a demo app is signed with it
# by Apple's own `codesign`, out of the temporary keychain that jetway made with Apple's own `security`. Xcode signs with
# certificates of Apple's alone, so a script stands in for the one call that exports. Takes the program as its argument.
set -euo pipefail
jetway=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
app=$place/Demo.xcarchive/Products/Applications/Demo.app
mkdir -p "$app" "$place/scratch" "$place/tools"
list() {
  printf '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>%s</dict></plist>\n' "$1"
}

name='Apple Distribution: Demo (ABCDE12345)'
cat >"$place/request" <<END
[req]
distinguished_name = who
x509_extensions = what
prompt = no
[who]
CN = $name
OU = ABCDE12345
O = Demo
[what]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, codeSigning
END
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -config "$place/request" -keyout "$place/key" -out "$place/certificate"
openssl pkcs12 -export -inkey "$place/key" -in "$place/certificate" -passout pass:demo-password -out "$place/demo.p12"
der=$(openssl x509 -in "$place/certificate" -outform DER | base64 | tr -d '\n')
list "<key>UUID</key><string>5a4db0c5-0000-4000-8000-00000000beef</string><key>Name</key><string>Demo</string>
<key>Platform</key><array><string>iOS</string></array>
<key>TeamIdentifier</key><array><string>ABCDE12345</string></array>
<key>ExpirationDate</key><date>2076-01-01T00:00:00Z</date>
<key>DeveloperCertificates</key><array><data>$der</data></array>
<key>Entitlements</key><dict><key>application-identifier</key><string>ABCDE12345.com.example.demo</string>
<key>get-task-allow</key><false/><key>beta-reports-active</key><true/></dict>" >"$place/profile"
openssl smime -sign -nodetach -binary -outform DER -signer "$place/certificate" -inkey "$place/key" \
  -in "$place/profile" -out "$place/demo.mobileprovision"
list '<key>ApplicationProperties</key><dict><key>Team</key><string>ABCDE12345</string></dict>' \
  >"$place/Demo.xcarchive/Info.plist"
list '<key>CFBundleIdentifier</key><string>com.example.demo</string><key>CFBundleExecutable</key><string>Demo</string>
<key>DTPlatformName</key><string>iphoneos</string>' >"$app/Info.plist"
cp /usr/bin/true "$app/Demo"

ln -s /usr/bin/security "$place/tools/security"
cat >"$place/tools/xcodebuild" <<'END'
#!/bin/sh
# What Xcode would do with the option list, done by codesign.
[ "$1" != -version ] || exec /usr/bin/xcodebuild -version
while [ $# -gt 0 ]; do
  case $1 in
    -archivePath) archive=$2 ;;
    -exportPath) into=$2 ;;
    -exportOptionsPlist) options=$2 ;;
  esac
  shift
done
certificate=$(/usr/libexec/PlistBuddy -c 'Print :signingCertificate' "$options") || exit 70
mkdir -p "$into/Payload" && cp -R "$archive/Products/Applications/Demo.app" "$into/Payload/" || exit 70
/usr/bin/codesign --force --sign "$certificate" "$into/Payload/Demo.app" || exit 70
(cd "$into" && zip -qry Demo.ipa Payload && rm -r Payload) || exit 70
echo '** EXPORT SUCCEEDED **'
END
chmod +x "$place/tools/xcodebuild"

trusted=/Library/Keychains/System.keychain
if ! sudo -n security add-trusted-cert -d -r trustRoot -p codeSign -k "$trusted" "$place/certificate"; then
  echo '::notice::This Mac trusts no certificate without a person, so no demo is signed.'
  exit 0
fi
forget() {
  sudo -n security remove-trusted-cert -d "$place/certificate" || true
  sudo -n security delete-certificate -c "$name" "$trusted" || true
  rm -rf "$place"
}
trap forget EXIT
before=$(security list-keychains -d user)
RUNNER_TEMP=$place/scratch JETWAY_TOOLS_DIR=$place/tools JETWAY_CERTIFICATE=$place/demo.p12 \
  JETWAY_CERTIFICATE_PASSWORD=demo-password "$jetway" export "$place/Demo.xcarchive" --output "$place/output" \
  --provisioning-profile "$place/demo.mobileprovision"
[ "$(security list-keychains -d user)" = "$before" ]
[ -z "$(ls -A "$place/scratch")" ]
(cd "$place" && unzip -q output/Demo.ipa)
codesign --verify --strict --verbose=2 "$place/Payload/Demo.app"
signer=$(codesign --display --verbose=2 "$place/Payload/Demo.app" 2>&1)
case $signer in
  *"Authority=$name"*) ;;
  *)
    echo "$signer"
    exit 1
    ;;
esac
