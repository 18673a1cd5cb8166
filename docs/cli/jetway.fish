# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_jetway_global_optspecs
    string join \n v/verbose q/quiet h/help V/version
end

function __fish_jetway_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_jetway_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_jetway_using_subcommand
    set -l cmd (__fish_jetway_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c jetway -n "__fish_jetway_needs_command" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_needs_command" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_needs_command" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_needs_command" -s V -l version -d 'Print version'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "ship" -d 'Upload an .ipa or .pkg to App Store Connect, wait for Apple, and say what became of it'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "preflight" -d 'Look into an .ipa, .pkg or .xcarchive for what Apple would refuse; nothing is sent'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "upload" -d 'Upload an .ipa or .pkg and leave the rest to `finish`: the same as `ship --wait none`'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "finish" -d 'Carry on with an upload where its receipt says that it stopped, on any machine'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "distribute" -d 'Give a build to testers: what `finish` does for them, and no more'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "submit" -d 'Submit a build to the App Store: what `finish --submit-to-app-store` does for it, and no more'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "wait" -d 'Wait until a build can be tested outside of the team, or a version is approved or live'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "status" -d 'Tell how far a build, its reviews and its version in the App Store are'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "release" -d 'Release an approved version, or pause, resume or complete its phased release'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "cancel" -d 'Take the submission of a version back'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "next-build-number" -d 'Print the next free build number'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "cleanup" -d 'Undo what runs left that were killed, by the journals that they left'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "export" -d 'Sign and export an .xcarchive with Xcode, and leave the Mac as it was'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "doctor" -d 'Look the machine, the certificates and the profiles over before a build; nothing is changed'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "verify" -d 'Check that the API key is set up, and, with a package, that it would go through'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "webhook" -d 'Have Apple call an address when something happens: create, list, ping or verify-signature'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "explain" -d 'Say what a code or message of Apple\'s means and how to mend it; works offline'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "annotate" -d 'Turn the log of any tool into annotations, a summary and a report'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "sandbox" -d 'Serve an App Store Connect of our own on this machine, for trying things out'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "setup" -d 'Put the program on the path of a workflow\'s later steps'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "completions" -d 'Print the completions of a shell, or the manual page'
complete -c jetway -n "__fish_jetway_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l dry-run -d 'Check key, app, build number and package, and send nothing' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l preflight -d 'What to do about what Apple would refuse, before the upload: off, warn or error [default: error]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l expected-sha256 -d 'Send nothing unless the package has this SHA-256' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l concurrency -d 'How many parts travel at a time [default: 6]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l receipt -d 'Write a receipt to this file, by which `jetway finish` carries on from any machine' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l certificate -d 'The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l provisioning-profile -d 'The provisioning profiles, as paths or base64, one a line' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l signing -d 'Who signs: manual, with these, or cloud, where Xcode does with the API key [default: manual]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l export-method -d 'What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id [default: app-store-connect]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l export-options -d 'An ExportOptions.plist of your own; its keys stand over ours' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l output -d 'The directory that keeps what is exported. Nothing in it is replaced but what an earlier export left there [default: jetway-export]' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l developer-dir -d 'The Xcode to use, such as /Applications/Xcode_26.4.app' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l tool-timeout -d 'How long one of Apple\'s tools may take [default: 30m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l tools-dir -d 'Stand-ins for Apple\'s tools, in tests and rehearsals' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l upload-engine -d 'How the package travels: rest, by the API, or altool, by Apple\'s own tool [default: rest]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l apple-id -d 'The Apple Account that uploads by altool where there is no API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l app-id -d 'The app\'s number in the App Store, where nobody can be asked for it' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l provider-public-id -d 'The public id of the provider, where the Apple Account has several' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l whats-new-from-git -d 'What to test: the titles of the commits since the last tag, by git [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l trim-whats-new -d 'Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l uses-non-exempt-encryption -d 'The answer to Apple\'s question on encryption, where Info.plist gives none' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l notify-testers -d 'Whether TestFlight tells testers of the build; left out, it does as it is set to' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l submit-beta-review -d 'Submit the build to the beta review, which outside testers need [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l replace-build-in-review -d 'Take another build of the version out of the beta review by ending its testing [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l expire-previous -d 'End the testing of older builds once this one is given out; there is no way back [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l submit-to-app-store -d 'Submit the build to the App Store [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l release-type -d 'When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l earliest-release-date -d 'The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l phased-release -d 'Whether the release reaches people over seven days; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l copyright -d 'The version\'s line with the year and the owner, such as 2026 Example Ltd' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l app-store-whats-new -d 'What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l cancel-previous-submission -d 'Take back a submission that is under way for another build [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l on-missing-secrets -d 'Without a key: fail, skip, or auto, which skips where GitHub gives no secrets [default: auto]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l rehearse -d 'Rehearse against the sandbox where the run would be skipped [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand ship" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand ship" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l channel -d 'Where the build goes: testflight or app-store [default: testflight]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l ignore -d 'Leave out findings of these codes; jetway.toml can do it with a reason' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l strict -d 'Count warnings as errors [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l expected-sha256 -d 'Fail unless the package has this SHA-256' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l format -d 'How to print: text, table, json or sarif [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand preflight" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l dry-run -d 'Check key, app, build number and package, and send nothing' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l preflight -d 'What to do about what Apple would refuse, before the upload: off, warn or error [default: error]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l expected-sha256 -d 'Send nothing unless the package has this SHA-256' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l concurrency -d 'How many parts travel at a time [default: 6]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l receipt -d 'Write a receipt to this file, by which `jetway finish` carries on from any machine' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l certificate -d 'The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l provisioning-profile -d 'The provisioning profiles, as paths or base64, one a line' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l signing -d 'Who signs: manual, with these, or cloud, where Xcode does with the API key [default: manual]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l export-method -d 'What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id [default: app-store-connect]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l export-options -d 'An ExportOptions.plist of your own; its keys stand over ours' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l output -d 'The directory that keeps what is exported. Nothing in it is replaced but what an earlier export left there [default: jetway-export]' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l developer-dir -d 'The Xcode to use, such as /Applications/Xcode_26.4.app' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l tool-timeout -d 'How long one of Apple\'s tools may take [default: 30m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l tools-dir -d 'Stand-ins for Apple\'s tools, in tests and rehearsals' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l upload-engine -d 'How the package travels: rest, by the API, or altool, by Apple\'s own tool [default: rest]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l apple-id -d 'The Apple Account that uploads by altool where there is no API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l app-id -d 'The app\'s number in the App Store, where nobody can be asked for it' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l provider-public-id -d 'The public id of the provider, where the Apple Account has several' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l whats-new-from-git -d 'What to test: the titles of the commits since the last tag, by git [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l trim-whats-new -d 'Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l uses-non-exempt-encryption -d 'The answer to Apple\'s question on encryption, where Info.plist gives none' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l notify-testers -d 'Whether TestFlight tells testers of the build; left out, it does as it is set to' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l submit-beta-review -d 'Submit the build to the beta review, which outside testers need [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l replace-build-in-review -d 'Take another build of the version out of the beta review by ending its testing [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l expire-previous -d 'End the testing of older builds once this one is given out; there is no way back [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l submit-to-app-store -d 'Submit the build to the App Store [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l release-type -d 'When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l earliest-release-date -d 'The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l phased-release -d 'Whether the release reaches people over seven days; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l copyright -d 'The version\'s line with the year and the owner, such as 2026 Example Ltd' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l app-store-whats-new -d 'What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l cancel-previous-submission -d 'Take back a submission that is under way for another build [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l on-missing-secrets -d 'Without a key: fail, skip, or auto, which skips where GitHub gives no secrets [default: auto]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l rehearse -d 'Rehearse against the sandbox where the run would be skipped [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand upload" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand upload" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand upload" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l build-id -d 'The build in App Store Connect, in place of a receipt' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l build-upload-id -d 'The upload in App Store Connect, as a webhook names it' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l whats-new-from-git -d 'What to test: the titles of the commits since the last tag, by git [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l trim-whats-new -d 'Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l uses-non-exempt-encryption -d 'The answer to Apple\'s question on encryption, where Info.plist gives none' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l notify-testers -d 'Whether TestFlight tells testers of the build; left out, it does as it is set to' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l submit-beta-review -d 'Submit the build to the beta review, which outside testers need [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l replace-build-in-review -d 'Take another build of the version out of the beta review by ending its testing [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l expire-previous -d 'End the testing of older builds once this one is given out; there is no way back [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l submit-to-app-store -d 'Submit the build to the App Store [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l release-type -d 'When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l earliest-release-date -d 'The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l phased-release -d 'Whether the release reaches people over seven days; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l copyright -d 'The version\'s line with the year and the owner, such as 2026 Example Ltd' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l app-store-whats-new -d 'What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l cancel-previous-submission -d 'Take back a submission that is under way for another build [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand finish" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand finish" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand finish" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l build-id -d 'The build in App Store Connect, in place of a receipt' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l build-upload-id -d 'The upload in App Store Connect, as a webhook names it' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l whats-new-from-git -d 'What to test: the titles of the commits since the last tag, by git [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l trim-whats-new -d 'Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l uses-non-exempt-encryption -d 'The answer to Apple\'s question on encryption, where Info.plist gives none' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l notify-testers -d 'Whether TestFlight tells testers of the build; left out, it does as it is set to' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l submit-beta-review -d 'Submit the build to the beta review, which outside testers need [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l replace-build-in-review -d 'Take another build of the version out of the beta review by ending its testing [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l expire-previous -d 'End the testing of older builds once this one is given out; there is no way back [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l submit-to-app-store -d 'Submit the build to the App Store [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l release-type -d 'When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l earliest-release-date -d 'The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l phased-release -d 'Whether the release reaches people over seven days; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l copyright -d 'The version\'s line with the year and the owner, such as 2026 Example Ltd' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l app-store-whats-new -d 'What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l cancel-previous-submission -d 'Take back a submission that is under way for another build [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand distribute" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l build-id -d 'The build in App Store Connect, in place of a receipt' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l build-upload-id -d 'The upload in App Store Connect, as a webhook names it' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l whats-new-from-git -d 'What to test: the titles of the commits since the last tag, by git [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l trim-whats-new -d 'Cut texts at the 4,000 characters that App Store Connect takes, instead of refusing them [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l uses-non-exempt-encryption -d 'The answer to Apple\'s question on encryption, where Info.plist gives none' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l notify-testers -d 'Whether TestFlight tells testers of the build; left out, it does as it is set to' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l submit-beta-review -d 'Submit the build to the beta review, which outside testers need [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l replace-build-in-review -d 'Take another build of the version out of the beta review by ending its testing [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l expire-previous -d 'End the testing of older builds once this one is given out; there is no way back [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l submit-to-app-store -d 'Submit the build to the App Store [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l release-type -d 'When the version comes out: MANUAL, AFTER_APPROVAL or SCHEDULED; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l earliest-release-date -d 'The soonest time of a SCHEDULED release: a whole hour with its zone, such as 2026-12-01T10:00:00+01:00' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l phased-release -d 'Whether the release reaches people over seven days; left out, as it is set' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l copyright -d 'The version\'s line with the year and the owner, such as 2026 Example Ltd' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l app-store-whats-new -d 'What is new, for the App Store: a text, a file, or a folder with one `<locale>.txt` a language' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l cancel-previous-submission -d 'Take back a submission that is under way for another build [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand submit" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand submit" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand submit" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l until -d 'What to wait for: in-testing, approved or live; a rejection ends it' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand wait" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand wait" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand wait" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand status" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand status" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand status" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand status" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand status" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand status" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand release" -l phased -d 'Instead of releasing: pause, resume or complete the phased release' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand release" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand release" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand release" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand release" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand release" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand cancel" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l marketing-version -d 'The version that people see; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l build-number -d 'The build number; left out, the newest' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l platform -d 'The platform: ios, tvos, macos or visionos' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand next-build-number" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand cleanup" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand export" -l certificate -d 'The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l provisioning-profile -d 'The provisioning profiles, as paths or base64, one a line' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l signing -d 'Who signs: manual, with these, or cloud, where Xcode does with the API key [default: manual]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l export-method -d 'What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id [default: app-store-connect]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l export-options -d 'An ExportOptions.plist of your own; its keys stand over ours' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -l output -d 'The directory that keeps what is exported. Nothing in it is replaced but what an earlier export left there [default: jetway-export]' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -l developer-dir -d 'The Xcode to use, such as /Applications/Xcode_26.4.app' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -l tool-timeout -d 'How long one of Apple\'s tools may take [default: 30m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l tools-dir -d 'Stand-ins for Apple\'s tools, in tests and rehearsals' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand export" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand export" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand export" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand export" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l offline -d 'Ask nobody outside of this machine' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l format -d 'How to print: text or json [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l certificate -d 'The .p12 file to sign with; several, one a line. Its base64 comes by the variable alone' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l provisioning-profile -d 'The provisioning profiles, as paths or base64, one a line' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l signing -d 'Who signs: manual, with these, or cloud, where Xcode does with the API key [default: manual]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l export-method -d 'What an archive is exported for: app-store-connect, release-testing, debugging, enterprise or developer-id [default: app-store-connect]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l export-options -d 'An ExportOptions.plist of your own; its keys stand over ours' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l output -d 'The directory that keeps what is exported. Nothing in it is replaced but what an earlier export left there [default: jetway-export]' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l developer-dir -d 'The Xcode to use, such as /Applications/Xcode_26.4.app' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l tool-timeout -d 'How long one of Apple\'s tools may take [default: 30m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l tools-dir -d 'Stand-ins for Apple\'s tools, in tests and rehearsals' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l for -d 'What the key is wanted for, between commas: upload, testflight, appstore, certificates' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l expiring -d 'Tell the certificates, profiles and builds too, and fail where one ends within this time, such as 30d' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l format -d 'How to print: text or json [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l bundle-id -d 'The app\'s bundle identifier' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l url -d 'With create: the https address that Apple calls' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l name -d 'With create: its name' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l events -d 'With create: what for, of build-upload, beta, version, crash, screenshot' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l webhook-id -d 'With ping: which one, where there are several' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l signature -d 'With verify-signature: what the header x-apple-signature holds' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand webhook" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -l format -d 'How to print: text, markdown or json [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand explain" -l list -d 'List every code that is known'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l format -d 'How to print: text, or sarif for code scanning [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l timeout -d 'A deadline for the whole run; 0 for none [default: 5h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l pr-comment -d 'Keep one comment on the pull request [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l pr-suggestions -d 'Suggest changes that are taken over with one click, on lines that the pull request changes [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l commit-status -d 'Set a commit status [default: true]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l check-run -d 'Make a check run with annotations at the end [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand sandbox" -l listen -d 'The loopback address to listen on; port 0 takes any free one [default: 127.0.0.1:0]' -r
complete -c jetway -n "__fish_jetway_using_subcommand sandbox" -l scenario -d 'How it behaves; `list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand sandbox" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand sandbox" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand sandbox" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand setup" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand setup" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand setup" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand completions" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand completions" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand completions" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "ship" -d 'Upload an .ipa or .pkg to App Store Connect, wait for Apple, and say what became of it'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "preflight" -d 'Look into an .ipa, .pkg or .xcarchive for what Apple would refuse; nothing is sent'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "upload" -d 'Upload an .ipa or .pkg and leave the rest to `finish`: the same as `ship --wait none`'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "finish" -d 'Carry on with an upload where its receipt says that it stopped, on any machine'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "distribute" -d 'Give a build to testers: what `finish` does for them, and no more'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "submit" -d 'Submit a build to the App Store: what `finish --submit-to-app-store` does for it, and no more'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "wait" -d 'Wait until a build can be tested outside of the team, or a version is approved or live'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "status" -d 'Tell how far a build, its reviews and its version in the App Store are'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "release" -d 'Release an approved version, or pause, resume or complete its phased release'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "cancel" -d 'Take the submission of a version back'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "next-build-number" -d 'Print the next free build number'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "cleanup" -d 'Undo what runs left that were killed, by the journals that they left'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "export" -d 'Sign and export an .xcarchive with Xcode, and leave the Mac as it was'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "doctor" -d 'Look the machine, the certificates and the profiles over before a build; nothing is changed'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "verify" -d 'Check that the API key is set up, and, with a package, that it would go through'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "webhook" -d 'Have Apple call an address when something happens: create, list, ping or verify-signature'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "explain" -d 'Say what a code or message of Apple\'s means and how to mend it; works offline'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "annotate" -d 'Turn the log of any tool into annotations, a summary and a report'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "sandbox" -d 'Serve an App Store Connect of our own on this machine, for trying things out'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "setup" -d 'Put the program on the path of a workflow\'s later steps'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "completions" -d 'Print the completions of a shell, or the manual page'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship preflight upload finish distribute submit wait status release cancel next-build-number cleanup export doctor verify webhook explain annotate sandbox setup completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
