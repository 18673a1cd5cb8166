//! Each dialect in outputs of our own making.

use crate::diagnostic::Severity;
use crate::event::Verdict;
use crate::logs::tests::read;

const ID: &str = "00000000-0000-4000-8000-000000000001";

#[test]
fn one_error_printed_in_four_dialects_is_one_finding() {
    let reason = format!(
        "Missing purpose string in Info.plist. The Info.plist file for the ‘Buoy.app’ bundle should contain a NSCameraUsageDescription key. (ID: {ID})"
    );
    let text = format!(
        r#"2031-02-03 04:05:06.789 ERROR: [ContentDelivery.Uploader.60AB] Asset validation failed (90683) {reason}
   NSUnderlyingError : Asset validation failed (-19241) {reason}
      status : 409
      code : STATE_ERROR.VALIDATION_ERROR.90683
   iris-code : STATE_ERROR.VALIDATION_ERROR.90683
2031-02-03 04:05:06.790 *** Error: Asset validation failed {reason} (90683)
 {{
    NSLocalizedDescription = "Asset validation failed";
    "iris-code" = "STATE_ERROR.VALIDATION_ERROR.90683";
}}
{{
  "product-errors" : [
    {{
      "code" : 90683,
      "message" : "Asset validation failed",
      "underlying-errors" : [

      ],
      "user-info" : {{
        "NSLocalizedFailureReason" : "{reason}",
        "iris-code" : "STATE_ERROR.VALIDATION_ERROR.90683"
      }}
    }}
  ]
}}
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>product-errors</key>
  <array><dict><key>code</key><integer>90683</integer><key>message</key><string>{reason}</string></dict></array>
</dict>
</plist>
"#
    );
    let reading = read(&text);
    assert_eq!(reading.findings.len(), 1, "{:#?}", reading.findings);
    assert_eq!(reading.findings[0].code.as_str(), "itms-90683");
    assert_eq!(
        reading.findings[0].variables["key"],
        "NSCameraUsageDescription"
    );
    assert_eq!(reading.verdict, Verdict::Failed);
}

#[test]
fn an_error_line_before_success_is_no_error() {
    let reading = read(&format!(
        "[04:05:06]: [altool] 2031-02-03 04:05:06.789 ERROR: [altool.60AB] Failed to read the lantern's defaults.\n[04:05:09]: [altool] UPLOAD SUCCEEDED with no errors\n[04:05:09]: [altool] Delivery UUID: {ID}\n",
    ));
    assert_eq!(reading.verdict, Verdict::Succeeded);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
    assert_eq!(reading.delivery_id.unwrap().as_str(), ID);
}

#[test]
fn an_exit_code_alone_decides_nothing() {
    assert_eq!(
        read("Running altool at path '/x'...\nprocess ended with 0\n").verdict,
        Verdict::Unknown
    );
}

#[test]
fn warnings_of_a_success_are_warnings() {
    let reading = read(
        r#"{"success-message":"No errors, 1 warning","warnings":[{"code":90683,"message":"Missing purpose string in Info.plist."}],"details":{"delivery-uuid":"00000000-0000-4000-8000-000000000001"}}"#,
    );
    assert_eq!(reading.verdict, Verdict::Succeeded);
    assert_eq!(reading.findings[0].severity, Severity::Warning);
    assert_eq!(reading.delivery_id.unwrap().as_str(), ID);
}

#[test]
fn a_mail_says_itself_how_much_it_matters() {
    let mail = |intro: &str| {
        read(&format!(
            "Hello,\n\nWe noticed one or more issues with a recent delivery for the following app:\n\n- Buoy\n- App Apple ID 123456789\n- Version 1.2\n- Build 34\n\n{intro}\n\n**ITMS-90683: Missing purpose string in Info.plist** - The Info.plist file for the\n“Buoy.app” bundle should contain a NSCameraUsageDescription key.\n\nITMS-91053: Missing API declaration - Your app’s code in the “Buoy” file references one or more APIs: NSPrivacyAccessedAPICategoryDiskSpace.\n\nApple Developer Relations\n",
        ))
    };
    let mild =
        mail("Although delivery was successful, you may want to correct the following issues.");
    assert_eq!(mild.verdict, Verdict::Succeeded);
    let codes: Vec<&str> = mild
        .findings
        .iter()
        .map(|found| found.code.as_str())
        .collect();
    assert_eq!(codes, ["itms-90683", "itms-91053"]);
    assert!(
        mild.findings
            .iter()
            .all(|found| found.severity == Severity::Warning)
    );
    assert_eq!(mild.findings[0].variables["build_number"], "34");
    assert_eq!(
        mild.findings[0].variables["key"],
        "NSCameraUsageDescription"
    );
    let hard =
        mail("Please correct the following issues and upload a new binary to App Store Connect.");
    assert_eq!(hard.verdict, Verdict::Failed);
    assert_eq!(hard.findings[0].severity, Severity::Error);
}

#[test]
fn an_export_error_and_its_twin_are_one() {
    for colon in [":", ""] {
        let reading = read(&format!(
            "error: exportArchive{colon} No profiles for 'com.example.buoy' were found\n\nError Domain=IDEProfileLocatorErrorDomain Code=1 \"No profiles for 'com.example.buoy' were found\" UserInfo={{IDEDistributionIssueSeverity=3, NSLocalizedDescription=No profiles for 'com.example.buoy' were found, NSLocalizedRecoverySuggestion=Xcode couldn't find any profiles matching 'com.example.buoy'.}}\n\n** EXPORT FAILED **\n",
        ));
        assert_eq!(reading.findings.len(), 1, "{:#?}", reading.findings);
        assert!(
            reading.findings[0]
                .message
                .contains("couldn't find any profiles")
        );
        assert!(
            reading.findings[0]
                .codes
                .contains(&"IDEProfileLocatorErrorDomain/1".to_owned())
        );
        assert_eq!(reading.verdict, Verdict::Failed);
    }
}

#[test]
fn a_failed_build_is_told_by_its_place() {
    let reading = read(
        "2031-02-03T04:05:06.1234567Z /src/App/Sea.swift:12:7: error: cannot find 'wave' in scope\n2031-02-03T04:05:06.1234567Z         wave()\n2031-02-03T04:05:06.1234567Z ** ARCHIVE FAILED **\n",
    );
    assert_eq!(reading.verdict, Verdict::Failed);
    assert_eq!(reading.findings[0].code.as_str(), "source-does-not-compile");
    assert_eq!(reading.findings[0].variables["source_line"], "12");
}

#[test]
fn associated_errors_are_told_and_the_one_above_them_is_not() {
    let reading = read(
        r#"2031-02-03 04:05:06 POST failed: {"errors":[{"status":"409","code":"STATE_ERROR.ENTITY_STATE_INVALID","title":"Not ready.","detail":"See the associated errors.","meta":{"associatedErrors":{"/v1/builds/1":[{"id":"00000000-0000-4000-8000-000000000001","status":"409","code":"ENTITY_ERROR.ATTRIBUTE.REQUIRED","title":"Missing","detail":"You must say it.","source":{"pointer":"/data/attributes/usesNonExemptEncryption"}}]}}}]}"#,
    );
    assert_eq!(reading.findings.len(), 1, "{:#?}", reading.findings);
    let found = &reading.findings[0];
    assert!(
        found
            .codes
            .contains(&"ENTITY_ERROR.ATTRIBUTE.REQUIRED".to_owned())
    );
    assert!(
        found
            .codes
            .contains(&"STATE_ERROR.ENTITY_STATE_INVALID".to_owned())
    );
    assert_eq!(found.variables["attribute"], "usesNonExemptEncryption");
}

#[test]
fn a_build_upload_says_its_state_and_its_issues() {
    let reading = read(&format!(
        r#"{{"data":{{"type":"buildUploads","id":"{ID}","attributes":{{"state":{{"state":"FAILED","errors":[{{"code":"90683","description":"Missing purpose string in Info.plist."}}],"warnings":[{{"code":"91999","description":"The lantern is dim."}}]}}}}}}}}"#,
    ));
    assert_eq!(reading.verdict, Verdict::Failed);
    assert_eq!(reading.delivery_id.unwrap().as_str(), ID);
    let list: Vec<(&str, Severity)> = reading
        .findings
        .iter()
        .map(|found| (found.code.as_str(), found.severity))
        .collect();
    assert_eq!(
        list,
        [
            ("itms-90683", Severity::Error),
            ("itms-91999", Severity::Warning)
        ]
    );
}

#[test]
fn a_failure_without_words_is_not_silent() {
    let reading = read("** EXPORT FAILED **\n");
    assert_eq!(reading.findings[0].code.as_str(), "failed-without-reason");
    assert_eq!(read("UPLOAD FAILED with 1 error\n").findings.len(), 1);
}

#[test]
fn two_faults_of_one_kind_stay_two() {
    let reading = read(
        "ERROR ITMS-90683: \"Missing Purpose String. The Info.plist file should contain a NSCameraUsageDescription key.\"\nERROR ITMS-90683: \"Missing Purpose String. The Info.plist file should contain a NSContactsUsageDescription key.\"\n",
    );
    assert_eq!(reading.findings.len(), 2);
}

#[test]
fn noise_of_a_build_says_nothing() {
    let reading = read(
        "SwiftCompile normal arm64 ErrorView.swift (in target 'App' from project 'App')\nnote: Using new build system\n/src/a.swift:1:1: warning: unused\n** ARCHIVE SUCCEEDED **\nExported App to: /x\n** EXPORT SUCCEEDED **\n",
    );
    assert_eq!(reading.verdict, Verdict::Succeeded);
    assert!(reading.findings.is_empty(), "{:?}", reading.findings);
}
