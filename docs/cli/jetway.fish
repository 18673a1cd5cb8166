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
complete -c jetway -n "__fish_jetway_needs_command" -f -a "verify" -d 'Check that the API key is set up, and, with a package, that it would go through'
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
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l wait -d 'What to wait for: none, accepted or processed [default: processed]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l appear-timeout -d 'How long the build may take to appear after the upload [default: 15m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l processing-timeout -d 'How long Apple may take to process the build once it has appeared [default: 2h]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l poll-interval -d 'How often to ask; obeyed as it is [default: often at first, then every 30s]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l concurrency -d 'How many parts travel at a time [default: 6]' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l groups -d 'TestFlight groups that get the build, by name or id, between commas' -r
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l whats-new -d 'What to test: a text, a file, or a folder with one `<locale>.txt` a language' -r
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
complete -c jetway -n "__fish_jetway_using_subcommand ship" -l timeout -d 'A deadline for the whole run [default: none]' -r
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
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-key-id -d 'The id of the App Store Connect API key' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-issuer-id -d 'The issuer id of the team; left out for an individual key' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l api-key-path -d 'The .p8 file, where the key is not in JETWAY_API_KEY' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l asc-url -d 'The address of App Store Connect\'s API [default: https://api.appstoreconnect.apple.com]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l idle-timeout -d 'A connection on which nothing moves for this long is dropped and tried again [default: 1m]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l timeout -d 'A deadline for the whole run [default: none]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l report -d 'Write the report to this file, as JSON' -r -F
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l sandbox -d 'Rehearse against the sandbox: no key, no network, no Apple [default: false]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -l scenario -d 'How the sandbox behaves; `jetway sandbox --scenario list` prints the names [default: succeeds]' -r
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand verify" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -l format -d 'How to print: text, markdown or json [default: text]' -r
complete -c jetway -n "__fish_jetway_using_subcommand explain" -l list -d 'List every code that is known'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s v -l verbose -d 'Say more: each call to App Store Connect'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s q -l quiet -d 'Say less: findings and the outcome alone'
complete -c jetway -n "__fish_jetway_using_subcommand explain" -s h -l help -d 'Print help'
complete -c jetway -n "__fish_jetway_using_subcommand annotate" -l timeout -d 'A deadline for the whole run [default: none]' -r
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
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "ship" -d 'Upload an .ipa or .pkg to App Store Connect, wait for Apple, and say what became of it'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "verify" -d 'Check that the API key is set up, and, with a package, that it would go through'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "explain" -d 'Say what a code or message of Apple\'s means and how to mend it; works offline'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "annotate" -d 'Turn the log of any tool into annotations, a summary and a report'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "sandbox" -d 'Serve an App Store Connect of our own on this machine, for trying things out'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "setup" -d 'Put the program on the path of a workflow\'s later steps'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "completions" -d 'Print the completions of a shell, or the manual page'
complete -c jetway -n "__fish_jetway_using_subcommand help; and not __fish_seen_subcommand_from ship verify explain annotate sandbox setup completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
