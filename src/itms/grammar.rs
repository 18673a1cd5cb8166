//! How Apple's sentences name things: the rules that read variables from any message, known or not.
//!
//! Each rule is an expression on folded text whose named groups are variables; earlier rules win.
//! Short forms, replaced before the rule is built: `<K>` a key of an Info.plist, `<(>` and `<)>`
//! an opening and a closing quote or bracket, `<(?>` and `<)?>` the same where they may be missing,
//! `<V>` what stands between quotes, `<N>` a version or build number, `<U>` a UUID, `<A>` names
//! of architectures.

/// The short forms.
pub(super) const SHORT: &[(&str, &str)] = &[
    (
        "<K>",
        r"(?-i:(?:(?:NS|CFBundle|UI|LS|DT|BG|MS|WK|ITS|MK|GC|SK|CK|UT|AV|CP|EX)[A-Z][A-Za-z0-9]+|MinimumOSVersion)(?:~\w+)?(?:\.(?:CF|NS|UI)\w+)*)",
    ),
    ("<(?>", r#"['"`\[(]{0,3}"#),
    ("<)?>", r#"['"`\])]{0,3}"#),
    ("<(>", r#"['"`\[]{1,3}"#),
    ("<)>", r#"['"`\]]"#),
    ("<V>", r#"[^'"`\[\]]*"#),
    ("<N>", r"\d[\w.+-]*(?: \d[\w.]*)?"),
    (
        "<U>",
        r"[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}",
    ),
    (
        "<A>",
        r"(?:x86_64h?|i386|armv[67][ks]?|arm64(?:e|_32)?|ppc(?:64)?)",
    ),
];

/// The rules. A name may be read by several; the first value found is the variable, and where the
/// plural is known all of them are kept too.
pub(super) const RULES: &[&str] = &[
    // Keys of an Info.plist.
    r"(?-i:\b(?P<key>NS[A-Z]\w*UsageDescription)\b)",
    r"(?:contain|specify|include|provide|supply|missing)s? (?:an?|the) <(?><K><)?>(?:,)? (?:value|key)s? .{0,80}?key <(?>(?P<key><K>)",
    r"(?:contain|specify|include|provide|supply)s? (?:an? |the )?<(?>(?P<key><K>)<)?>,? (?:value|key|entry|with)",
    r"\bkeys?:? <(?>(?P<key><K>)",
    r"\bkeys?:? <(>(?P<key>[A-Za-z][\w.~:-]*)<)>",
    r"(?P<key><K>)<)?> Info\.plist key",
    r"value for (?:the )?<(?>(?P<key><K>)",
    r"entries for <(?>(?P<key><K>)",
    r"(?P<key><K>)<)?> (?:value|key|entry|element|array|dictionary|missing|mismatch|is missing|must|should)",
    r"^(?:[A-Z][a-z]+ )?(?P<key>(?-i:[A-Z]+[a-z]+[A-Z]\w+)) (?:missing|mismatch)",
    r"<(?>(?P<key><K>)<)?> (?:in|of) (?:the )?Info\.plist",
    r"relationship <(>(?P<key>\w+)<)> is required",
    r#"(?:element|attribute) "(?P<key>\w+)" (?:invalid|is|must)"#,
    // Entitlements.
    r"(?P<entitlement>(?:com\.apple\.(?:developer|security|private)\.[\w.-]+\w|com\.apple\.application-identifier|aps-environment|keychain-access-groups|get-task-allow|beta-reports-active|application-identifier))\b",
    r"\bentitlement <(>(?P<entitlement>[\w.-]+)<)>",
    r"<(>(?P<entitlement>[\w.-]+)<)> entitlement",
    r"(?:not included in|in) the provisioning profile: <(>(?P<entitlement>[\w.-]+)",
    // Values.
    r"contains (?:an? )?(?:invalid )?value,? <(>(?P<value><V>)<)>",
    r"minimum \w+ version of (?P<value>\d[\d.]*)",
    r"(?:value )?for (?:the )?key <(?><K><)?>:? <(>(?P<value><V>)<)>",
    r"under (?:the )?key <(?><K><)?>:? ?<(>(?P<value><V>)<)>",
    r"<(>(?P<value><V>)<)> (?:value )?for the <(?><K>",
    r"not allowed: <(>(?P<value><V>)<)> for the key",
    r"value <(>(?P<value><V>)<)> for (?:the )?key",
    r"<K> value (?:of )?<(>(?P<value><V>)<)>",
    r"<K> value of <(?>(?P<value><N>)",
    r"(?:contains?|has|with) (?:an? )?(?:invalid )?(?:the )?value,? (?:of )?<(>(?P<value><V>)<)>",
    r"contains <(>(?P<value><V>)<)> as the value",
    r"has the value <(>(?P<value><V>)<)>",
    r"(?:a|an invalid) <K> (?:value )?of <(?>(?P<value><N>)",
    r"value for the <K> <(>(?P<value><V>)<)>",
    r"current value, <(>(?P<value><V>)<)>",
    r"correct format: <(>(?P<value>[^\[\]]*)<)>",
    r"contains an entry <(>(?P<value><V>)<)>",
    r"identifier (?:value )?of \[?<(>(?P<previous><V>)<)>\]? and the new version .{0,80}? of \[?<(>(?P<value><V>)<)>",
    r"because <(>(?P<value>[\w-]+) is disallowed",
    r"(?:^|<(>)(?P<value>[A-Z]+) is disallowed",
    r"must equal the <K> value, (?P<value>\d[\d.]*)",
    r" is (?P<value>\d[\d.]*),? which is greater than the maximum allowed value of (?P<maximum>\d[\d.]*)",
    r"deprecating Xcode (?P<value>\d[\d.]*)",
    r"\bkey value <(>(?P<value><V>)<)>",
    r"<K> <(>(?P<value><V>)<)> is\b",
    r"with a (?:minimum )?deployment target of (?P<value>\d[\d.]*\d)",
    r"minOS(?:Version)? (?:value )?<(>(?P<value><V>)<)>",
    // Versions and build numbers.
    r"Info\.plist value mismatch\.? <K> value of (?P<value>\S+) does not match the value of (?P<required>\S+) specified",
    r"does not match the <K> value <(>(?P<required><V>)<)>",
    r"CFBundleVersion <(>(?P<build_number><V>)<)> in the Info\.plist file must contain a higher version than that of the previously uploaded version <(>(?P<previous_build_number><V>)<)>",
    r"CFBundleShortVersionString <(>(?P<version><V>)<)> in the Info\.plist file must contain a higher version than that of the previously approved version <(>(?P<previous_version><V>)<)>",
    r"previous(?:ly)? (?:approved|released) version:? ?<(>(?P<previous_version><V>)<)>",
    r"previous(?:ly)? (?:uploaded|used) (?:version|build)(?: number)?:? ?<(>(?P<previous_build_number><V>)<)>",
    r#"previousBundleVersion"? ?[=:] ?[\\"]*(?P<previous_build_number><N>)"#,
    r"previous version info: (?P<previous_build_number><N>)",
    r"build (?:number |version )?<(>(?P<build_number><V>)<)> for (?:version(?: number)?|train) <(>(?P<version><V>)<)>",
    r"(?:the|your) train version <(>(?P<version><V>)<)>",
    r"build with the version <(>(?P<version><V>)<)>",
    r"\btrain <(>(?P<version><V>)<)>",
    r"marketing version <(>(?P<version><V>)<)>",
    // The head of a mail.
    r#"for your app, "(?P<app>[^"]{1,80})",? (?P<version>\d[\w.-]*) \((?P<build_number>[\w.-]+)\)"#,
    r"following app:[ >*-]*(?P<app>[^*>]{1,80}?)[ >*-]+App Apple (?:ID )?",
    r"App Apple ID:? (?P<app_id>\d+)",
    r"Apple ID of <(>(?P<app_id>\d+)",
    r"\bVersion:? (?P<version>\d[\w.-]*)[ >*-]+Build:? (?P<build_number>\d[\w.-]*)",
    // The least that is asked for.
    r"must be built with the \W*(?P<minimum_sdk>\w+ \d[\d.]*) SDK",
    r"included in (?P<minimum_xcode>Xcode \d[\d.]*\d|Xcode \d+)",
    r"(?:was|were|been) built with the \W*(?P<sdk>\w+ \d[\d.]*) SDK",
    r"sdk version <(>(?P<sdk><V>)<)>",
    r"(?:slice|app|binary|executable|bundle) with the (?P<sdk>\w+ \d[\d.]*) SDK",
    r"(?:must be built with|requires|the) (?:the )?(?P<minimum_sdk>\w+ \d[\d.]*) SDK or (?:later|higher)",
    r"versions >= (?P<minimum>\d[\d.]*\d)",
    r"must have a \w+ of (?P<minimum>\d[\d.]*\d) or (?:later|higher|above)",
    r"can run on \w+ (?P<minimum>\d[\d.]*\d) or (?:later|higher)",
    r"(?:minimum OS of|deployment target of|at least|value of) <(?>(?P<minimum>\d[\d.]*\d)<)?> or (?:later|higher|above)",
    r"starting (?:in |on |from )?\W*(?P<date>(?:(?:january|february|march|april|may|june|july|august|september|october|november|december) )?(?:\d{1,2}, )?(?:spring |summer |fall |autumn |winter )?20\d\d)",
    r"\b(?:on|by|after|until|from) (?P<date>(?:january|february|march|april|may|june|july|august|september|october|november|december) (?:\d{1,2}, )?20\d\d)",
    // Privacy manifests.
    r"(?P<category>NSPrivacyAccessedAPICategory\w+)",
    r"contains <(>(?P<reason>[0-9A-F]{4}\.\d)<)> as the value",
    r"which includes (?P<sdk>[^,]{1,80}), an SDK",
    // Icons.
    r"exactly <(?>(?P<size>\d+(?:\.\d+)?x\d+(?:\.\d+)?)",
    r"(?P<size>\d{2,4}x\d{2,4}) (?:pixels|px)",
    r"icon for (?P<device>iPhone / iPod Touch|iPad|iPhone|Apple TV|Apple Watch)",
    r"(?:icon file|file name|named) <(>(?P<icon>[^'\x22]+\.png)<)>",
    r"icon file <(>(?P<icon><V>)<)>",
    r"<(>(?P<icon>AppIcon[\w@~.-]*)<)>",
    // Architectures.
    r"(?:architectures?|slices?)[^A-Za-z0-9]{1,4}(?P<architecture><A>(?:, ?<A>)*)\b",
    r"(?P<architecture><A>) (?:slice|support|architecture|architectures)\b",
    r"supports? (?P<architecture><A>)\b",
    r"main bundle Mach-O contains (?P<architecture>.{1,80}?), while the nested bundle Mach-O contains (?P<nested_architecture>.{1,80}?)\. ",
    // Signing.
    r"Team ID:? <(?>(?P<team>[A-Z0-9]{10})\b",
    r"is invalid\.?,? \[(?P<reason>[^\]]{3,120}?)\.?\]",
    r#"provisioning profile (?:named )?<(>(?P<profile><V>)<)>"#,
    r"profile <(>(?P<profile><V>)<)> (?:doesn't|does not|has|isn't|is)",
    r"signing certificate <(>(?P<certificate><V>)<)>",
    r"Invalid Signature\. (?P<reason>[^.\[:]{3,120})\. The file at",
    r"bundle [A-Za-z][\w.-]+ [\[(](?P<bundle>[^\])]+)[\])]",
    r"code signature for <(>(?P<file><V>)<)>",
    r"platform:? <(?>(?P<platform>IOS|MAC_OS|TV_OS|VISION_OS|iOS|macOS|tvOS|visionOS|watchOS)\b",
    // Bundle identifiers.
    r"application's bundle identifier,? <(>(?P<app_bundle_id><V>)<)>",
    r"its bundle identifier <(>(?P<bundle_id><V>)<)>",
    r"identifier <(>(?P<identifier><V>)<)> in your code signature",
    r"identifier (?:value )?<(>(?P<bundle_id><V>)<)>",
    r"(?:bundle|binary|in the|your),? <(>(?P<bundle_id>[\w$-]+(?:\.[\w$()*-]+)+\.?)<)>",
    r"(?:Bundle ?ID|bundle identifier|App ID):? <(?>(?P<bundle_id>[\w-]+(?:\.[\w-]+)+)",
    r"\bin (?:the |your )?(?:bundle )?(?P<bundle_id>[A-Za-z][\w-]*(?:\.[\w-]+){2,}) (?:app )?bundle",
    r"bundle (?P<bundle_id>[A-Za-z][\w-]*(?:\.[\w-]+)+) [\[(]",
    r"missing in the bundle <(>(?P<bundle_id><V>)<)>",
    // Names inside programs.
    r"(?:non-public|private) (?:selectors?|symbols?|APIs?) in (?P<file>[^:]{1,200}): +(?P<symbols>[^ ].{0,2000}?)(?:\. If |\. For |\.?$)",
    r"\[(?P<symbols><U>\.symbols)",
    r"dSYM for (?:the )?(?P<framework>[^ ]+\.framework)",
    r"UUIDs? \[(?P<uuid><U>)",
    // Siri and fonts.
    r"custom intent: <(>(?P<intent><V>)<)>",
    r"locale: (?P<locale>[a-z]{2}(?:[-_]\w+)?)\b",
    r"provided for (?P<intent>\w+Intent) in the <(>(?P<locale>[\w-]+)<)> language",
    r"font named <(>(?P<font><V>)<)>",
    // Files.
    r"in the <(>(?P<file>[^'\x22]+)<)> file",
    r"for the <(>(?P<file>[^'\x22]+)<)> file",
    r"in the (?P<file>[\w@.+-]+\.\w{2,12}) file",
    r"disallowed file <(>(?P<file><V>)<)>",
    r"disallowed paths \( ?<(>(?P<file><V>)<)>",
    r"(?P<file>[\w-]+\.storyboard) launch storyboard",
    r"the files? (?P<file>[\w.+@-]+\.\w{2,10})\b",
    r"package for the app <(>(?P<file><V>)<)>",
    r"(?:^|[ :])(?P<path>/(?:usr|System|Library)/[^\s'\x22,;]+)",
    r"asset at path <(>(?P<file><V>)<)>",
    r"paths that are not allowed: <(>(?P<path><V>)<)>",
    // Sizes, waits, ids.
    r"is (?P<bytes>\d+) bytes",
    r"maximum (?:allowed )?size of (?P<limit>\d+ ?[KMG]?B)",
    r"wait (?P<wait>\d+ (?:minute|hour|day)s?)",
    r"keyPath <(>(?P<keypath><V>)<)>",
    r#"pointer[\\"]* ?[=:] ?[\\"]*(?P<pointer>/data/[\w/]+)"#,
    r#"\(ID: (?P<request_id><U>)\)"#,
    r#"\bfor id (?P<request_id><U>)"#,
    r#"\bid"? ?[=:] ?"?(?P<request_id><U>)"#,
    r"upload ID is (?P<uuid><U>)",
    r"\bpart (?:number )?(?P<part>\d+)\b",
];

/// Paths that stand without quotes and may hold spaces, told by the words around them.
pub(super) const BARE_PATHS: &[&str] = &[
    r#"(?:application extension|extension bundle|nested bundle|this bundle|the bundle|in bundle|executable for|binary at|at path|library at|location|found at:|don't match|catalog at|bundle at|framework bundle) (?P<path>[^'"`\[\](]{0,200}?\.(?:app|appex|framework|bundle|xpc|dylib)(?:/[^'"`\[\]:]{0,240}?)?)(?:[.,]? (?:is|isn't|does|doesn't|do|don't|contains?|should|must|has|are|aren't|was|were|cannot|can't|because|by|with|make|move)\b|\.?"?$|\. )"#,
    r#"(?P<path>(?:[^\s'"`\[\](),:;<>=]+/)*[^\s'"`\[\](),:;<>=/]+\.(?:app|appex|framework|bundle|xpc|dylib|xcprivacy|car|xcarchive)\b(?:/[^\s'"`\[\](),:;<>=]+)*)"#,
];
