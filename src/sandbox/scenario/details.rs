//! What Apple says of an upload, in its own words.

use crate::sandbox::scenario::course::Detail;

pub(super) const PURPOSE_MISSING: Detail = Detail {
    code: "90683",
    description: "Missing purpose string in Info.plist. Your app’s code references one or more APIs that \
        access sensitive user data, or the app has one or more entitlements that permit such access. The \
        Info.plist file for the “Demo.app” bundle should contain a NSPhotoLibraryUsageDescription key with \
        a user-facing purpose string explaining clearly and completely why your app needs the data. If \
        you’re using external libraries or SDKs, they may reference APIs that require a purpose string. \
        While your app might not use these APIs, a purpose string is still required. For details, visit: \
        https://developer.apple.com/documentation/uikit/protecting_the_user_s_privacy/requesting_access_to_protected_resources.",
};

pub(super) const ICON_NAME_MISSING: Detail = Detail {
    code: "90713",
    description: "Missing Info.plist value. A value for the Info.plist key 'CFBundleIconName' is missing in \
        the bundle 'com.example.jetway-demo'. Apps built with iOS 11 or later SDK must supply app icons in \
        an asset catalog and must also provide a value for this Info.plist key. For more information see \
        http://help.apple.com/xcode/mac/current/#/dev10510b1f7.",
};

pub(super) const NOBODY_KNOWS: Detail = Detail {
    code: "99817",
    description: "Invalid Frobnication. The bundle 'Payload/Demo.app' frobnicates in a way that nobody has \
        written down yet.",
};

pub(super) const EXTENSION_DIFFERS: Detail = Detail {
    code: "90473",
    description: "CFBundleVersion Mismatch. The CFBundleVersion value '41' of extension \
        'Payload/Demo.app/PlugIns/Share.appex' does not match the CFBundleVersion value '42' of its \
        containing iOS application 'Payload/Demo.app'.",
};

pub(super) const SYMBOLS_MISSING: Detail = Detail {
    code: "90381",
    description: "Too many symbol files. These symbols have no corresponding slice in any binary \
        [0CB44D80-3E2B-3B6C-8C2A-5E1F4C5E7A0B.symbols].",
};

pub(super) const ONLY_SAYING: Detail = Detail {
    code: "90899",
    description: "The app supports Apple silicon Macs; check its availability in App Store Connect.",
};

pub(super) const PRIVATE_API: Detail = Detail {
    code: "90338",
    description: "Non-public API usage. The app references non-public selectors in Payload/Demo.app/Demo: \
        _demoPrivateSelector.",
};

pub(super) static TRAIN_CLOSED: [Detail; 3] = [
    Detail {
        code: "90062",
        description: "This bundle is invalid. The value for key CFBundleShortVersionString [1.0.0] in the \
            Info.plist file must contain a higher version than that of the previously approved version \
            [1.2.0]. Please find more information about CFBundleShortVersionString at \
            https://developer.apple.com/documentation/bundleresources/information_property_list/cfbundleshortversionstring",
    },
    Detail {
        code: "90186",
        description: "Invalid Pre-Release Train. The train version '1.0.0' is closed for new build submissions",
    },
    Detail {
        code: "90478",
        description: "Invalid Version. The build with the version “1.0.0” can’t be imported because a later \
            version has been closed for new build submissions. Choose a different version number.",
    },
];
