#!/usr/bin/env python3
"""Stands in for Apple's `security`, `xcodebuild` and `xcrun altool`, by the name that it is called by.

It keeps a state beside itself and refuses whatever is not documented: unknown options, relative keychains,
passwords on the command line. Each call is recorded with its arguments, input and environment.
"""
import json, os, re, sys, time

HERE = os.path.dirname(os.path.abspath(sys.argv[0]))
STATE = os.path.join(HERE, "state")
NAME = os.path.basename(sys.argv[0])
HOME = os.environ.get("HOME", "/")


def read(name, otherwise):
    try:
        with open(os.path.join(STATE, name)) as file:
            return json.load(file)
    except FileNotFoundError:
        return otherwise


def write(name, value):
    with open(os.path.join(STATE, name), "w") as file:
        json.dump(value, file, indent=2)


def log(name, text):
    with open(os.path.join(HERE, "log-" + name), "a") as file:
        file.write(text + "\n")


def die(code, words="", out=sys.stderr):
    if words:
        print(words, file=out)
    sys.exit(code)


def fault(command, when):
    """A fault that a test asked for: to hang here, to fail, or to say something."""
    try:
        with open(os.path.join(HERE, "fault-%s-%s" % (command, when))) as file:
            what = file.read()
    except FileNotFoundError:
        return
    if what == "hang":
        with open(os.path.join(HERE, "hangs"), "w") as file:
            file.write(str(os.getpid()))
        # Asleep until it is killed; nothing that comes after it happens.
        while True:
            time.sleep(60)
    code, _, words = what.partition(" ")
    die(int(code), words)


# --- security


def options(words, takes, flags=""):
    """As getopt does: (options, rest); an unknown one ends with 2."""
    given, rest = {}, list(words)
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        letter, value = rest[0][1], rest[0][2:]
        rest.pop(0)
        if letter in takes:
            if not value:
                if not rest:
                    die(2, "security: option requires an argument -- " + letter)
                value = rest.pop(0)
            given.setdefault(letter, []).append(value)
        elif letter in flags:
            given.setdefault(letter, []).append("")
        else:
            die(2, "security: illegal option -- " + letter)
    return given, rest


def keychain(path):
    if not path.startswith("/"):
        log("violations", "a keychain without an absolute path: " + path)
    return path


def load(path):
    try:
        with open(path) as file:
            return json.load(file)
    except (FileNotFoundError, ValueError):
        return None


def save(path, value):
    with open(path, "w") as file:
        json.dump(value, file)


def search_list():
    return read("search-list", [])


def security(words, spoken):
    command, rest = words[0], words[1:]
    if command == "create-keychain":
        given, rest = options(rest, "p", "Pu")
        path = keychain(rest[0])
        if os.path.exists(path):
            return 48, "security: SecKeychainCreate %s: A keychain with the same name already exists." % path
        secret(command, given, "p", spoken)
        save(path, {"password": given["p"][0], "locked": False, "timeout": 300, "identities": [], "partition": ""})
    elif command == "set-keychain-settings":
        given, rest = options(rest, "t", "lu")
        found = load(keychain(rest[0]))
        if not found:
            return 50, "security: SecKeychainSetSettings: The specified keychain could not be found."
        found["timeout"] = int(given["t"][0]) if "t" in given else None
        save(rest[0], found)
    elif command == "unlock-keychain":
        given, rest = options(rest, "p", "u")
        found = load(keychain(rest[0]))
        secret(command, given, "p", spoken)
        if not found:
            return 50, "security: SecKeychainUnlock: The specified keychain could not be found."
        if found["password"] != given["p"][0]:
            return 51, "security: SecKeychainUnlock: The user name or passphrase you entered is not correct."
        found["locked"] = False
        save(rest[0], found)
    elif command == "import":
        return import_(rest, spoken)
    elif command == "set-key-partition-list":
        given, rest = options(rest, "SkalcjDt", "sdeuvw")
        found = load(keychain(rest[0]))
        secret(command, given, "k", spoken)
        if not found or not found["identities"]:
            return 1, "security: SecItemCopyMatching: The specified item could not be found in the keychain."
        if found["password"] != given["k"][0]:
            return 1, "security: SecKeychainUnlock: The user name or passphrase you entered is not correct."
        found["partition"] = given["S"][0]
        save(rest[0], found)
        print("keychain: \"%s\"\n" % rest[0] * 50)
    elif command == "list-keychains":
        given, rest = options(rest, "d", "s")
        if given.get("d") != ["user"]:
            log("violations", "list-keychains without -d user")
        if "s" in given:
            write("search-list", rest)
        else:
            for path in search_list():
                print('    "%s"' % path)
    elif command == "find-identity":
        given, rest = options(rest, "ps", "v")
        if given.get("p") != ["codesigning"]:
            log("violations", "find-identity without -p codesigning")
        count = 0
        for path in rest or search_list():
            chain = load(path) or {"identities": []}
            is_broken = read("lacks-the-issuer", False) and not chain.get("authorities")
            for one in chain["identities"]:
                if one.get("problem") == "not listed" or is_broken:
                    continue
                count += 1
                problem = " (%s)" % one["problem"] if one.get("problem") else ""
                print('%3d) %s "%s"%s' % (count, one["sha1"], one["name"], problem))
        print("     %d valid identities found" % count)
    elif command == "delete-keychain":
        given, rest = options(rest, "")
        path = keychain(rest[0])
        write("search-list", [other for other in search_list() if other != path])
        fault("delete-keychain", "middle")
        if not os.path.exists(path):
            return 50, "security: SecKeychainDelete: The specified keychain could not be found."
        os.remove(path)
    else:
        die(2, "security: unknown command \"%s\"" % command)
    return 0, ""


def secret(command, given, letter, spoken):
    if letter not in given:
        log("violations", command + " would ask for a password")
        die(1)
    if not spoken:
        log("violations", command + " has a password on the command line")


ALLOWED = ["codesign", "security", "productbuild", "productsign", "pkgbuild"]


def import_(words, spoken):
    import subprocess
    file, rest = words[0], words[1:]
    given, rest = options(rest, "ktfPTa", "rwxA")
    found = load(keychain(given["k"][0]))
    if file.endswith(".cer"):
        if given.keys() - {"k"} or rest:
            log("violations", "import of a certificate with %s" % given)
        found["authorities"] = found.get("authorities", 0) + 1
        save(given["k"][0], found)
        return 0, ""
    secret("import", given, "P", spoken)
    if "A" in given or given.get("T") != ["/usr/bin/" + name for name in ALLOWED]:
        log("violations", "import lets anybody use the key: %s" % given)
    if given.get("f") != ["pkcs12"]:
        log("violations", "import without -f pkcs12")
    if os.stat(file).st_mode & 0o77:
        log("violations", "others may read " + file)
    with open(file, "rb") as open_:
        bytes_ = open_.read()
    if bytes.fromhex("2a864886f70d01050d") in bytes_:
        return 1, "security: SecKeychainItemImport: MAC verification failed during PKCS12 import (wrong password?)"
    environment = dict(os.environ, PASSWORD=given["P"][0])
    shown = subprocess.run(
        ["openssl", "pkcs12", "-legacy", "-in", file, "-noenc", "-passin", "env:PASSWORD"],
        env=environment, capture_output=True, text=True)
    if shown.returncode or not given["P"][0]:
        return 1, "security: SecKeychainItemImport: The user name or passphrase you entered is not correct."
    if "PRIVATE KEY" not in shown.stdout:
        return 0, ""
    if shown.stdout.count("BEGIN CERTIFICATE") > shown.stdout.count("PRIVATE KEY") // 2:
        log("violations", "an authority is imported with a key, into a keychain that goes away")
    facts = subprocess.run(
        ["openssl", "x509", "-noout", "-fingerprint", "-sha1", "-subject", "-nameopt", "multiline"],
        input=shown.stdout, capture_output=True, text=True).stdout
    sha1 = re.search("Fingerprint=(.*)", facts).group(1).replace(":", "")
    name = re.search("commonName *= (.*)", facts).group(1)
    problem = read("problems", {}).get(sha1)
    found["identities"].append({"sha1": sha1, "name": name, "problem": problem})
    save(given["k"][0], found)
    return 0, ""


def words_of(line):
    """As `security -i` splits a line: quotes count at the beginning of a word only."""
    words, at = [], 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        word = ""
        if line[at] in "\"'":
            quote = line[at]
            at += 1
            while at < len(line) and line[at] != quote:
                if line[at] == "\\" and at + 1 < len(line):
                    at += 1
                word += line[at]
                at += 1
            at += 1
        else:
            while at < len(line) and not line[at].isspace():
                word += line[at]
                at += 1
        words.append(word)
    return words


def interactive():
    code = 0
    text = sys.stdin.read()
    record(text)
    # A last line without its end is dropped.
    for line in text.split("\n")[:-1]:
        if len(line) > 4095 or len(words_of(line)) > 32:
            log("violations", "a line that is too long")
            die(1)
        words = words_of(line)
        if not words:
            continue
        code = run(words, True)
        if code:
            print("%s: returned %d" % (words[0], code), file=sys.stderr)
    return code


def run(words, spoken):
    fault(words[0], "before")
    code, said = security(words, spoken)
    if said:
        print(said, file=sys.stderr)
    fault(words[0], "after")
    return code


# --- xcodebuild


def xcodebuild(words):
    import plistlib, zipfile
    version = read("xcode", "26.0")
    if words == ["-version"]:
        fault("version", "before")
        print("Xcode %s\nBuild version %s" % (version, read("xcode-build", "17A324")))
        return 0
    given, rest = {}, list(words)
    takes = ["-archivePath", "-exportPath", "-exportOptionsPlist", "-authenticationKeyPath",
             "-authenticationKeyID", "-authenticationKeyIssuerID"]
    while rest:
        option = rest.pop(0)
        if option in ("-exportArchive", "-allowProvisioningUpdates"):
            given[option] = True
        elif option in takes:
            given[option] = rest.pop(0)
        else:
            die(64, "xcodebuild: error: invalid option '%s'" % option)
    fault("export", "before")
    if not os.environ["PATH"].startswith("/usr/bin:/bin:/usr/sbin:/sbin"):
        die(70, "error: exportArchive Copy failed")
    with open(given["-exportOptionsPlist"], "rb") as file:
        wanted = plistlib.load(file)
    log("options", json.dumps(wanted, sort_keys=True, default=str))
    old = ["app-store", "ad-hoc", "enterprise", "development", "validation", "developer-id"]
    new = ["app-store-connect", "release-testing", "enterprise", "debugging", "developer-id"]
    major, minor = [int(part) for part in version.split(".")[:2]]
    known = old if (major, minor) < (15, 3) else new
    if wanted["method"] not in known:
        die(70, "error: exportArchive: exportOptionsPlist error for key \"method\": expected one of {%s}, but found %s"
            % (", ".join(known), wanted["method"]))
    apps = os.path.join(given["-archivePath"], "Products/Applications")
    app = [name for name in os.listdir(apps) if name.endswith(".app")][0]
    if wanted["signingStyle"] == "automatic":
        key = given.get("-authenticationKeyPath", "")
        if not key.startswith("/") or not os.path.isfile(key) or os.stat(key).st_mode & 0o77:
            die(64, "xcodebuild: error: The -authenticationKeyPath flag must be an absolute path to an existing file.")
    else:
        check_manual(wanted, major, os.path.join(apps, app), given["-archivePath"])
    os.makedirs(given["-exportPath"], exist_ok=True)
    name = app[: -len(".app")]
    if os.path.isdir(os.path.join(apps, app, "Contents")):
        if "installerSigningCertificate" not in wanted:
            die(70, "error: exportArchive No signing certificate \"Mac Installer Distribution\" found")
        import shutil
        shutil.copy(os.path.join(HERE, "product.pkg"), os.path.join(given["-exportPath"], name + ".pkg"))
        print("** EXPORT SUCCEEDED **")
        return 0
    with zipfile.ZipFile(os.path.join(given["-exportPath"], name + ".ipa"), "w") as ipa:
        for root, _, files in os.walk(os.path.join(apps, app)):
            for file in files:
                path = os.path.join(root, file)
                ipa.write(path, os.path.join("Payload", app, os.path.relpath(path, os.path.join(apps, app))))
    with open(os.path.join(given["-exportPath"], "ExportOptions.plist"), "wb") as file:
        plistlib.dump(wanted, file)
    fault("export", "after")
    print("Exported %s to: %s\n** EXPORT SUCCEEDED **" % (name, given["-exportPath"]))
    return 0


def check_manual(wanted, major, app, archive):
    import plistlib
    sha1, found = wanted["signingCertificate"], False
    for path in search_list():
        chain = load(path)
        if chain and "identities" in chain and any(one["sha1"] == sha1 for one in chain["identities"]):
            found = not chain["locked"] and chain["timeout"] is None and "apple:" in chain["partition"].split(",")
    if not found:
        die(70, "error: exportArchive No signing certificate \"iOS Distribution\" found")
    folder = "Library/Developer/Xcode/UserData/Provisioning Profiles" if major >= 16 \
        else "Library/MobileDevice/Provisioning Profiles"
    for root, _, files in os.walk(app):
        if "Info.plist" not in files or not root.endswith((".app", ".appex", ".app/Contents")):
            continue
        ending = "provisionprofile" if root.endswith("Contents") else "mobileprovision"
        with open(os.path.join(root, "Info.plist"), "rb") as file:
            bundle = plistlib.load(file)["CFBundleIdentifier"]
        uuid = wanted.get("provisioningProfiles", {}).get(bundle)
        path = os.path.join(HOME, folder, "%s.%s" % (uuid, ending))
        if not uuid or not os.path.isfile(path):
            die(70, "error: exportArchive \"%s\" requires a provisioning profile." % os.path.basename(root))


# --- altool

COMMON = {"-u": 1, "--username": 1, "-p": 1, "--output-format": 1, "--show-progress": 0, "--verbose": 0,
          "--apple-id": 1, "--bundle-id": 1, "--bundle-version": 1, "--bundle-short-version-string": 1,
          "--list-providers": 0, "--list-apps": 0, "--upload-package": 1, "-t": 1}
OLD = dict(COMMON, **{"--password": 1, "--apiKey": 1, "--apiIssuer": 1, "--type": 1, "--asc-public-id": 1,
                      "--team-id": 1})
NEW = dict(COMMON, **{"--app-password": 1, "--api-key": 1, "--api-issuer": 1, "--api-key-subject": 1,
                      "--platform": 1, "--provider-public-id": 1, "--build-status": 0, "--delivery-id": 1,
                      "--filter-bundle-id": 1, "--wait": 0})
APP, UUID = "6446000001", "5a4db0c5-0000-4000-8000-000000000001"


def altool(words):
    """As altool(7) until Xcode 16 and altool(1) from 26 on; what is said comes from `tools/state/altool`."""
    said = read("altool", {})
    new = said.get("version", "26").startswith("26")
    version = "26.40.1 (174001)" if new else "8.303.16303"
    if new:
        print("Running altool at path '/X/altool'...", file=sys.stderr)
    if words == ["--version"]:
        print(version)
        return 0
    given, rest = {}, list(words)
    known = NEW if new else OLD
    while rest:
        option = rest.pop(0)
        if option not in known:
            log("violations", "altool %s has no option %s" % (version, option))
            die(64, "Unrecognized option: " + option)
        given[option] = rest.pop(0) if known[option] else True
    if given.get("--output-format") != "json":
        log("violations", "altool without --output-format json")
    login(given, new)
    if "--list-providers" in given:
        print(json.dumps({"providers": said.get("providers", [{"ProviderName": "Example", "PublicID": UUID}])}))
        return said.get("code", 0)
    if "--list-apps" in given:
        print(json.dumps({"apps": said.get("apps", [
            {"bundle-id": "com.example.demo.other", "apple-id": 1}, {"bundle-id": "com.example.demo", "apple-id": APP}])}))
        return 0
    if "--build-status" in given:
        print(said.get("status", "ERROR: there is no such build"))
        return 0
    for option in ["--apple-id", "--bundle-id", "--bundle-version", "--bundle-short-version-string"]:
        if option not in given:
            log("violations", "altool without " + option)
    if not given["--apple-id"].isdigit():
        log("violations", "--apple-id is no number")
    platform = "macos" if given["--upload-package"].endswith(".pkg") else "ios"
    if given.get("--platform" if new else "--type") != platform or not os.path.isfile(given["--upload-package"]):
        die(1, "ERROR: wrong platform or file")
    count = len([line for line in open(os.path.join(HERE, "log-calls")) if "--upload-package" in line])
    if said.get("deliver"):
        import subprocess
        sent = subprocess.run(said["deliver"]["command"], env=said["deliver"]["environment"], capture_output=True)
        if sent.returncode:
            log("violations", "it was not delivered: %s" % sent.stderr)
    print(said.get("first", ""), file=sys.stderr, flush=True)
    fault("upload", "always")
    fault("upload", str(count))
    print(said.get("errors", ""), file=sys.stderr)
    print(said.get("output") or json.dumps({
        "tool-version": version, "success-message": "No errors uploading", "details": {"delivery-uuid": UUID}}, indent=1))
    return said.get("code", 0)


def login(given, new):
    key = given.get("--api-key" if new else "--apiKey")
    if key:
        path = os.path.join(os.environ.get("API_PRIVATE_KEYS_DIR", "/nowhere"), "AuthKey_%s.p8" % key)
        if not os.path.isfile(path) or os.stat(path).st_mode & 0o77 or os.stat(os.path.dirname(path)).st_mode & 0o77:
            die(1, "ERROR: Failed to load AuthKey file. (-43)")
        return
    password = given.get("-p", "")
    if not password.startswith("@env:"):
        log("violations", "altool has a password on the command line")
    if os.environ.get(password[len("@env:"):]) != "abcd-efgh-ijkl-mnop":
        die(1, "*** Error: Unable to authenticate. (-19209)")
    if new and "--upload-package" in given and "--provider-public-id" not in given:
        die(1, "ERROR: Username and app password authentication requires --provider-public-id")


def record(text):
    log("calls", json.dumps({
        "tool": NAME, "arguments": sys.argv[1:], "input": text, "environment": dict(os.environ)}))


def main():
    words = sys.argv[1:]
    if NAME == "security":
        if words == ["-i"]:
            return interactive()
        record("")
        return run(words, False)
    record("")
    if NAME == "xcrun":
        if words[:1] != ["altool"]:
            die(72, "xcrun: error: unable to find utility \"%s\", not a developer tool or in PATH" % words[0])
        return altool(words[1:])
    return xcodebuild(words)


sys.exit(main())
